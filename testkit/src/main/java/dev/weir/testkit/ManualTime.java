package dev.weir.testkit;

import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that stands still until a test moves it: sleeps and timed waits end when {@link #advance}
 * passes their deadline. Safe for any thread.
 */
public final class ManualTime implements Time {
  /** Where the wall clock of every new manual time stands. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Waiter> waiters = new ArrayList<>(); // guarded by lock
  private volatile long nanos; // since START; written under lock
  private volatile Duration jumped = Duration.ZERO; // of the wall clock; one thread writes

  /** One thread that waits for time to pass, and how it is woken. */
  private record Waiter(long deadline, Lock lock, Condition condition) {
    void wake() {
      lock.lock();
      try {
        condition.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos).plus(jumped);
  }

  /**
   * Sets the wall clock, and nothing else: no time passes, no wait ends. For one thread.
   *
   * @param by negative to set it back
   */
  public void jump(Duration by) {
    jumped = jumped.plus(by);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long deadline = nanos + howLong.toNanos();
    Lock own = new ReentrantLock();
    Condition over = own.newCondition();
    own.lockInterruptibly();
    try {
      while (nanos < deadline) {
        await(own, over, Duration.ofNanos(deadline - nanos));
      }
    } finally {
      own.unlock();
    }
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, as Time promises
  public void await(Lock held, Condition condition, Duration atMost) throws InterruptedException {
    Waiter waiter = enter(held, condition, atMost);
    try {
      if (waiter.deadline() > nanos) {
        condition.await();
      }
    } finally {
      leave(waiter);
    }
  }

  /** Moves the clocks and wakes everybody whose time has come. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance: %s (expected: 0 or more)".formatted(by));
    }
    List<Waiter> due;
    lock.lock();
    try {
      long later = nanos + by.toNanos();
      nanos = later;
      due = waiters.stream().filter(w -> w.deadline() <= nanos).toList();
    } finally {
      lock.unlock();
    }
    due.forEach(Waiter::wake);
  }

  /**
   * Waits, in real time, until at least so many threads wait for time to pass.
   *
   * @throws AssertionError when they do not come within 20 seconds
   */
  public void awaitWaiters(int count) throws InterruptedException {
    long left = PATIENCE.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiters.stream().filter(w -> w.deadline() > nanos).count() < count) {
        if (left <= 0) {
          throw new AssertionError(
              "%d threads wait for time to pass (expected: %d)".formatted(waiters.size(), count));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private Waiter enter(Lock held, Condition condition, Duration atMost) {
    lock.lock();
    try {
      Waiter waiter = new Waiter(nanos + atMost.toNanos(), held, condition);
      waiters.add(waiter);
      changed.signalAll();
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // two waiters may be equal; each leaves for itself
  private void leave(Waiter waiter) {
    lock.lock();
    try {
      waiters.removeIf(w -> w == waiter);
    } finally {
      lock.unlock();
    }
  }
}
