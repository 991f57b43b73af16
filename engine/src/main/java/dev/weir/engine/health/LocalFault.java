package dev.weir.engine.health;

import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Suspects our own side when most probes of one second, of at least eight members, get no
 * connection in time: a full connection table or a lost route looks exactly like that, and healthy
 * servers would be taken out by the hundred. Trusts again after a second in which they were not
 * most. Safe for any thread.
 */
final class LocalFault {
  static final Duration WINDOW = Duration.ofSeconds(1);
  static final int MEMBERS = 8;

  private final ReentrantLock lock = new ReentrantLock();
  // all below: guarded by lock
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Map<MemberId, Integer> timedOutPerMember = new HashMap<>();
  private int timedOut;
  private boolean suspect;
  private long lastBadNanos;

  /** What to make of a result, and whether that has just changed. */
  enum Verdict {
    TRUSTED,
    NOW_SUSPECT,
    STILL_SUSPECT,
    NOW_TRUSTED;

    boolean suspect() {
      return this == NOW_SUSPECT || this == STILL_SUSPECT;
    }
  }

  private record Sample(long atNanos, MemberId member, boolean timedOut) {}

  Verdict judge(MemberId member, ProbeResult.Kind kind, long nowNanos) {
    lock.lock();
    try {
      forget(nowNanos);
      remember(new Sample(nowNanos, member, kind == ProbeResult.Kind.CONNECT_TIMEOUT));
      return conclude(nowNanos);
    } finally {
      lock.unlock();
    }
  }

  private Verdict conclude(long nowNanos) {
    if (timedOutPerMember.size() >= MEMBERS && timedOut * 2 > samples.size()) {
      lastBadNanos = nowNanos;
      Verdict verdict = suspect ? Verdict.STILL_SUSPECT : Verdict.NOW_SUSPECT;
      suspect = true;
      return verdict;
    }
    if (!suspect) {
      return Verdict.TRUSTED;
    }
    suspect = nowNanos - lastBadNanos < WINDOW.toNanos();
    return suspect ? Verdict.STILL_SUSPECT : Verdict.NOW_TRUSTED;
  }

  private void remember(Sample sample) {
    samples.addLast(sample);
    if (sample.timedOut()) {
      timedOut++;
      timedOutPerMember.merge(sample.member(), 1, Integer::sum);
    }
  }

  private void forget(long nowNanos) {
    Sample oldest = samples.peekFirst();
    while (oldest != null && nowNanos - oldest.atNanos() >= WINDOW.toNanos()) {
      samples.removeFirst();
      if (oldest.timedOut()) {
        timedOut--;
        timedOutPerMember.computeIfPresent(
            oldest.member(), (ignored, count) -> count == 1 ? null : count - 1);
      }
      oldest = samples.peekFirst();
    }
  }
}
