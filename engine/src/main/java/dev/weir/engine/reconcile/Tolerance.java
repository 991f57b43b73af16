package dev.weir.engine.reconcile;

import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of what somebody else changed at one proxy: taken over as a decision, put right, or
 * left. Used by one thread.
 */
final class Tolerance {
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Proxy proxy;
  private final Appeals appeals;
  private final Herald herald;
  private final Dispute dispute = new Dispute();

  Tolerance(Proxy proxy, Appeals appeals, Herald herald) {
    this.proxy = proxy;
    this.appeals = appeals;
    this.herald = herald;
  }

  /**
   * Why a plan is not applied.
   *
   * @param why for people
   * @param again when to look again by itself; absent where it can wait for the next look
   */
  record Objection(String why, Optional<Duration> again) {}

  /** Who wants the proxy looked at. */
  enum Asked {
    BY_ITSELF,
    /** An operator, who wants it put right. */
    TO_REPAIR
  }

  /**
   * Looks for an objection; tells whoever is to know.
   *
   * @param now nanoseconds of a monotonic clock
   */
  Optional<Objection> to(Prepared.ToDo todo, Asked asked, long now) {
    if (proxy.drift() == Drift.RESPECT && !todo.atProxy().isEmpty()) {
      Optional<Objection> taken = decided(todo);
      if (taken.isPresent()) {
        return taken;
      }
    }
    if (todo.origin() != Prepared.Origin.FOREIGN) {
      return Optional.empty();
    }
    if (proxy.drift() == Drift.REPORT && asked == Asked.BY_ITSELF) {
      herald.tolerated(todo.plan(), proxy.meters());
      return Optional.of(
          new Objection("changed by somebody else, and left, as configured", Optional.empty()));
    }
    if (dispute.again(now)) {
      dispute.settle();
      String why =
          "changed by somebody else %d times within %s"
              .formatted(Dispute.MOST, Durations.format(Dispute.WITHIN));
      appeals.contested(proxy.name(), why);
      return Optional.of(new Objection(why, Optional.of(SOON)));
    }
    return Optional.empty();
  }

  private Optional<Objection> decided(Prepared.ToDo todo) {
    return switch (appeals.decided(proxy.name(), todo.atProxy())) {
      case TAKEN ->
          Optional.of(new Objection("takes over what was decided at the proxy", Optional.of(SOON)));
      case FAILED ->
          todo.origin() == Prepared.Origin.FOREIGN
              ? Optional.of(
                  new Objection(
                      "what was decided at the proxy cannot be kept, and is left",
                      Optional.of(SOON)))
              : Optional.empty(); // members that died do not wait for a disk that is full
      case NOBODYS -> Optional.empty();
    };
  }
}
