package dev.weir.engine.reconcile;

import dev.weir.engine.run.QuietPeriod;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * When the loop goes round next, and what holds it back. Times are nanoseconds of one monotonic
 * clock that starts at zero. Used by one thread; knows no clock.
 *
 * <p>A change is acted on after its quiet period, but not while a retry is waited for or a reload
 * keeps its distance: then it is folded into that round.
 */
final class Agenda {
  static final Duration RESYNC = Duration.ofSeconds(30);
  static final Duration STAMP = Duration.ofSeconds(1);
  static final Duration LOST = Duration.ofSeconds(1);

  private static final long NEVER = Long.MAX_VALUE;

  private final QuietPeriod quiet = new QuietPeriod(Duration.ofMillis(5), Duration.ofMillis(50));
  private boolean asked = true;
  private long resync = NEVER;
  private long retry = NEVER;
  private long putOffReload = NEVER;
  private Steering.Scope putOffScope = Steering.Scope.CHANGED;
  private long lost = NEVER;
  private long gate = NEVER;
  private long stamp = NEVER;
  private long upkeep = NEVER;
  private long watch = NEVER;
  private long count = NEVER;

  /** Somebody wants a round now. */
  void ask() {
    asked = true;
  }

  void changed(long now) {
    quiet.changed(now);
  }

  /** Whether there are changes that no round has taken up. */
  boolean changePending() {
    return quiet.dueNanos().isPresent();
  }

  boolean roundDue(long now) {
    return nextRound() <= now;
  }

  /**
   * A round begins: everything that called for it is taken up.
   *
   * @return how much it has to look at; after a full look the next one is due in 30 s
   */
  Steering.Scope roundBegins(long now) {
    boolean again = putOffReload != NEVER && putOffScope == Steering.Scope.ALL;
    boolean all = again || asked || resync <= now || lost <= now || gate <= now;
    asked = false;
    quiet.acted(now);
    retry = NEVER;
    putOffReload = NEVER;
    lost = NEVER;
    gate = NEVER;
    stamp = NEVER;
    if (all) {
      resync = now + RESYNC.toNanos();
    }
    return all ? Steering.Scope.ALL : Steering.Scope.CHANGED;
  }

  void retryAfter(long now, Duration wait) {
    retry = now + wait.toNanos();
  }

  /** Goes round again when the next reload may start, not sooner, and then looks at as much. */
  void putOffReload(long until, Steering.Scope scope) {
    putOffReload = until;
    putOffScope = scope;
  }

  void lookAgainForLostProxy(long now) {
    lost = now + LOST.toNanos();
  }

  /** Whatever comes in, looks again at this time, if it is not over. */
  void lookAgainAt(long at, long now) {
    gate = at > now ? at : NEVER;
  }

  void watchStamp(long now) {
    stamp = now + STAMP.toNanos();
  }

  boolean stampDue(long now) {
    return stamp <= now;
  }

  void upkeepAt(long now, Duration in) {
    upkeep = now + in.toNanos();
  }

  void noUpkeep() {
    upkeep = NEVER;
  }

  boolean upkeepPending() {
    return upkeep != NEVER;
  }

  boolean upkeepDue(long now) {
    return upkeep <= now;
  }

  void watchAt(long now, Duration in) {
    watch = now + in.toNanos();
  }

  void nothingToWatch() {
    watch = NEVER;
  }

  boolean watchDue(long now) {
    return watch <= now;
  }

  /** Requests are to be counted. */
  void countAt(long now, Duration in) {
    count = now + in.toNanos();
  }

  void nothingToCount() {
    count = NEVER;
  }

  boolean countDue(long now) {
    return count <= now;
  }

  /** When something is to be done again by itself; never later than the next resync. */
  long next() {
    return Math.min(Math.min(nextRound(), watch), Math.min(Math.min(upkeep, stamp), count));
  }

  private long nextRound() {
    if (asked) {
      return 0;
    }
    if (retry != NEVER) {
      return retry;
    }
    if (putOffReload != NEVER) {
      return putOffReload;
    }
    OptionalLong change = quiet.dueNanos();
    return Math.min(Math.min(change.orElse(NEVER), resync), Math.min(lost, gate));
  }
}
