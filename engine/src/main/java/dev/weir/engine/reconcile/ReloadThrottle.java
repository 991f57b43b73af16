package dev.weir.engine.reconcile;

import dev.weir.model.Because;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says when a proxy may be reloaded: reloads keep their distance, draw on a budget that refills
 * steadily, and wait while too many processes of former configurations still serve. Times are
 * nanoseconds of one monotonic clock that starts at zero. Used by one thread; knows no clock.
 *
 * <p>The budget is kept as the time at which it would be full again: one reload puts that off by
 * the time that one takes to come back.
 */
final class ReloadThrottle {

  /** How soon it is looked whether old processes have ended. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private final ReloadLimits limits;
  private final long refillNanos;
  private long from;
  private long full;

  ReloadThrottle(ReloadLimits limits) {
    this.limits = limits;
    this.refillNanos = Duration.ofMinutes(1).toNanos() / limits.perMinute();
  }

  /** What a reload waits for. */
  enum Cause {
    DISTANCE,
    BUDGET,
    OLD_PROCESSES;

    /** As in metrics. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much a reload matters. */
  enum Urgency {
    USUAL,
    /** It takes out members whose check fails, or that an operator wants out, whatever else. */
    TAKES_OUT;

    private static final Set<Because.Cause> OUT =
        Set.of(
            Because.Cause.CHECK_FAILED,
            Because.Cause.OPERATOR_DRAIN,
            Because.Cause.OPERATOR_DISABLE);

    /**
     * @param changes that only the reload brings
     */
    static Urgency of(List<MemberChange> changes, DesiredState desired) {
      Set<Endpoint> out = new HashSet<>();
      desired.pools().stream()
          .flatMap(pool -> pool.members().stream())
          .filter(member -> OUT.contains(member.because().cause()))
          .forEach(member -> out.add(member.endpoint()));
      boolean takesOut =
          changes.stream()
              .anyMatch(change -> !change.before().isEmpty() && out.contains(change.endpoint()));
      return takesOut ? TAKES_OUT : USUAL;
    }
  }

  /**
   * A reload that has to wait.
   *
   * @param until when it may start, or is to be thought of again
   * @param reason for people
   */
  record Deferral(Cause cause, long until, String reason) {}

  /**
   * Whether a reload has to wait; absent when it may start now.
   *
   * @param old processes of former configurations that still serve
   */
  Optional<Deferral> deferral(long now, int old, Urgency urgency) {
    if (now < from) {
      return Optional.of(
          new Deferral(Cause.DISTANCE, from, "the reload keeps its distance from the former one"));
    }
    long next = full - (limits.budget() - 1) * refillNanos;
    if (now < next) {
      return Optional.of(
          new Deferral(
              Cause.BUDGET,
              next,
              "the reload waits: %d were used up, and %d come back in a minute"
                  .formatted(limits.budget(), limits.perMinute())));
    }
    if (old >= limits.oldProcesses() && urgency == Urgency.USUAL) {
      return Optional.of(
          new Deferral(
              Cause.OLD_PROCESSES,
              now + LOOK.toNanos(),
              "the reload waits: %d old processes still serve connections (limit: %d)"
                  .formatted(old, limits.oldProcesses())));
    }
    return Optional.empty();
  }

  /** A reload starts. */
  void started(long now) {
    from = now + limits.distance().toNanos();
    full = Math.max(full, now) + refillNanos;
  }
}
