package dev.weir.source.supervisor;

import dev.weir.net.HttpTarget;
import dev.weir.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A supervisord, and how it is asked.
 *
 * @param server where its XML-RPC interface is
 * @param config its configuration file, which alone says where programs listen
 */
public record Supervisord(HttpTarget server, Optional<Login> login, Path config, Rhythm rhythm) {

  /** Who asks, where the interface wants to know. */
  public record Login(String user, Secret password) {}

  /**
   * When it is asked.
   *
   * @param every so often
   * @param timeout for one answer
   */
  record Rhythm(Duration every, Duration timeout) {
    static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  @Override
  public String toString() {
    return "supervisord at " + server;
  }
}
