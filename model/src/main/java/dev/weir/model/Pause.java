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
 * @param contested why Weir touches the proxy no more until somebody resumes it; then it holds as
 *     if it were not contested. Absent where nobody contests the proxy
 */
public record Pause(
    Optional<ProxyName> proxy,
    OptionalLong revision,
    OperatorOverride.Attribution attribution,
    Optional<String> contested) {

  public Pause {
    if (revision.isPresent() && proxy.isEmpty()) {
      throw new IllegalArgumentException(
          "every proxy pinned to revision %d (expected: one proxy)"
              .formatted(revision.getAsLong()));
    }
  }

  /** One that nobody contests. */
  public Pause(
      Optional<ProxyName> proxy, OptionalLong revision, OperatorOverride.Attribution attribution) {
    this(proxy, revision, attribution, Optional.empty());
  }

  /** Of a proxy that stays as it is. */
  public Pause(Optional<ProxyName> proxy, OperatorOverride.Attribution attribution) {
    this(proxy, OptionalLong.empty(), attribution);
  }

  /** The same, where somebody else changes the proxy again and again. */
  public Pause contested(String why) {
    return new Pause(proxy, revision, attribution, Optional.of(why));
  }

  /** The same when the dispute is over. */
  public Pause settled() {
    return new Pause(proxy, revision, attribution);
  }

  /** Whether it has ended by itself; one that is contested never does. */
  public boolean over(Instant now) {
    return contested.isEmpty() && ended(now);
  }

  /** Whether the time is over for which it was wanted. */
  public boolean ended(Instant now) {
    return attribution.until().filter(until -> !until.isAfter(now)).isPresent();
  }

  /** Why nothing is touched, for people. */
  public String why() {
    String order = order();
    return contested
        .map(why -> "contested: " + why + (revision.isPresent() ? "; until then " + order : ""))
        .orElse(order);
  }

  private String order() {
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
