package dev.weir.source.serf;

import dev.weir.model.Address;
import dev.weir.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * An agent, and how it is asked.
 *
 * @param address where its RPC listens
 * @param authKey what it wants to hear first; absent where it wants nothing
 * @param patience how long it is waited for
 */
public record Agent(Address address, Optional<Secret> authKey, Patience patience) {

  /**
   * How long an agent is waited for.
   *
   * @param answer for one answer
   * @param resync so often all members are listed, whether or not something happened
   */
  record Patience(Duration answer, Duration resync) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  @Override
  public String toString() {
    return "serf " + address;
  }
}
