package dev.weir.testkit.fake;

import dev.weir.model.Member;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A place in memory that members are discovered from, and the reference implementation of {@link
 * Source}: what a test puts in, every source of it reports. Like an upstream with blocking queries
 * it has an index, which grows with every change. Safe for any thread.
 */
public final class MemoryUpstream {

  private final Time time;
  private final Duration timeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Grows with each change, starts over with {@link #rewind}; guarded by the lock. */
  private long index = 1;

  /** What a look finds; absent while the upstream hangs; guarded by the lock. */
  private Optional<SourceReport> answer = Optional.of(Complete.of(List.of()));

  /**
   * An upstream without members.
   *
   * @param timeout how long its sources wait for the answer of an upstream that hangs
   */
  public MemoryUpstream(Time time, Duration timeout) {
    this.time = time;
    this.timeout = timeout;
  }

  /** From now on exactly these members exist. */
  public void hold(List<Member> members) {
    answer(Complete.of(members));
  }

  /** From now on this is what a look finds. */
  public void answer(SourceReport report) {
    change(index() + 1, Optional.of(report));
  }

  /** From now on every look fails. */
  public void fail(String reason) {
    answer(new Unavailable(reason));
  }

  /** From now on no look gets an answer. */
  public void hang() {
    change(index() + 1, Optional.empty());
  }

  /** Counts a change of something that is no member. */
  public void stir() {
    lock.lock();
    try {
      change(index + 1, answer);
    } finally {
      lock.unlock();
    }
  }

  /** Loses the history: the index starts over, and exactly these members exist. */
  public void rewind(List<Member> members) {
    change(1, Optional.of(Complete.of(members)));
  }

  /** A new source that looks here. */
  public Source source() {
    return this::watch;
  }

  private long index() {
    lock.lock();
    try {
      return index;
    } finally {
      lock.unlock();
    }
  }

  private void change(long newIndex, Optional<SourceReport> newAnswer) {
    lock.lock();
    try {
      index = newIndex;
      answer = newAnswer;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void watch(Source.Sink sink) throws InterruptedException {
    long seen = 0;
    Optional<SourceReport> said = Optional.empty();
    while (true) {
      Look look = look(seen);
      seen = look.index();
      if (!said.equals(Optional.of(look.report()))) {
        said = Optional.of(look.report());
        sink.report(look.report());
      }
    }
  }

  /** What one blocking query found, and at which index. */
  private record Look(long index, SourceReport report) {}

  /** Waits until the index is another one than seen, also a smaller one. */
  private Look look(long seen) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (index == seen) {
        changed.await();
      }
      long begin = time.nanos();
      while (answer.isEmpty() && time.nanos() - begin < timeout.toNanos()) {
        time.await(lock, changed, timeout.minusNanos(time.nanos() - begin));
      }
      SourceReport report = answer.orElseGet(() -> new Unavailable("no answer in " + timeout));
      return new Look(index, report);
    } finally {
      lock.unlock();
    }
  }
}
