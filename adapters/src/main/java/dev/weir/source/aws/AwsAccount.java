package dev.weir.source.aws;

import dev.weir.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Where AWS is asked, as whom, and how often.
 *
 * @param region absent: as the environment, the profile or the machine says
 * @param endpoint of both services; absent: those of the region
 * @param identity who asks
 * @param callsPerMinute how many calls may be made, all sources of this account together
 */
public record AwsAccount(
    Optional<String> region, Optional<URI> endpoint, Identity identity, int callsPerMinute) {

  /** Who asks. */
  public sealed interface Identity {
    /** Whoever the environment, the files of the user, or the machine say. */
    record Usual() implements Identity {}

    /** A profile of the user's files. */
    record Profile(String name) implements Identity {}

    /** A key that is named in the configuration. */
    record Key(String id, Secret secret) implements Identity {}
  }

  @Override
  public String toString() {
    String where = region.map(name -> "AWS in " + name).orElse("AWS");
    return where + endpoint.map(uri -> " at " + uri).orElse("");
  }
}
