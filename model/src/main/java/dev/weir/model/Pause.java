package dev.weir.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody wants Weir to look, but not to touch.
 *
 * @param proxy which proxy; absent for all
 */
public record Pause(Optional<ProxyName> proxy, OperatorOverride.Attribution attribution) {

  /** Whether it has ended by itself. */
  public boolean over(Instant now) {
    return attribution.until().filter(until -> !until.isAfter(now)).isPresent();
  }

  /** Why nothing is touched, for people. */
  public String why() {
    return "paused by "
        + attribution.by()
        + attribution.reason().map(reason -> ": " + reason).orElse("")
        + attribution.until().map(until -> ", until " + until).orElse("");
  }
}
