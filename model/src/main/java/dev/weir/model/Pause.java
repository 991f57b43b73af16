package dev.weir.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody wants Weir to look, but not to touch; or to bring one revision back and then to leave it
 * there.
 *
 * @param proxy which proxy; absent for all
 * @param revision the one that the proxy is pinned to; absent where it stays as it is
 */
public record Pause(
    Optional<ProxyName> proxy, OptionalLong revision, OperatorOverride.Attribution attribution) {

  public Pause {
    if (revision.isPresent() && proxy.isEmpty()) {
      throw new IllegalArgumentException(
          "every proxy pinned to revision %d (expected: one proxy)"
              .formatted(revision.getAsLong()));
    }
  }

  /** Of a proxy that stays as it is. */
  public Pause(Optional<ProxyName> proxy, OperatorOverride.Attribution attribution) {
    this(proxy, OptionalLong.empty(), attribution);
  }

  /** Whether it has ended by itself. */
  public boolean over(Instant now) {
    return attribution.until().filter(until -> !until.isAfter(now)).isPresent();
  }

  /** Why nothing is touched, for people. */
  public String why() {
    String what =
        revision.isPresent()
            ? "pinned to revision %d by ".formatted(revision.getAsLong())
            : "paused by ";
    return what
        + attribution.by()
        + attribution.reason().map(reason -> ": " + reason).orElse("")
        + attribution.until().map(until -> ", until " + until).orElse("");
  }
}
