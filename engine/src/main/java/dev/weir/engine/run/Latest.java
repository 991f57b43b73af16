package dev.weir.engine.run;

import dev.weir.spi.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox with one place: a new value replaces one not yet taken, so that a slow reader always
 * gets the newest and a writer never waits. Safe for any thread.
 *
 * @param <T> an immutable value
 */
public final class Latest<T> {
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private @Nullable T value; // guarded by lock, as is all below
  private long filledNanos;
  private boolean woken;

  /**
   * A value that was taken.
   *
   * @param sinceNanos when the first value was put that had not been taken yet: it, or one that it
   *     replaced
   */
  public record Dated<T>(T value, long sinceNanos) {}

  public Latest(Time time) {
    this.time = time;
  }

  /** Puts a value in the place, whatever is there. */
  public void put(T newValue) {
    lock.lock();
    try {
      if (value == null) {
        filledNanos = time.nanos();
      }
      value = newValue;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the present {@link #await}, or else the next one, without a value. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the value, waiting for one as long as it takes. */
  public T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      T taken = value;
      while (taken == null) {
        news.await();
        taken = value;
      }
      value = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the value, waiting for one.
   *
   * @param atMost zero or less: does not wait
   * @return absent when none came in that time
   */
  public Optional<T> poll(Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (value == null && left > 0) {
        time.await(lock, news, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
      return takeNow().map(Dated::value);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the value, if there is one, and says since when one has been waiting. */
  public Optional<Dated<T>> takeNow() {
    lock.lock();
    try {
      T taken = value;
      value = null;
      return taken == null ? Optional.empty() : Optional.of(new Dated<>(taken, filledNanos));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a value, which stays in its place, or {@link #wake} is called.
   *
   * @param atMost zero or less: does not wait
   */
  public void await(Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (value == null && !woken && left > 0) {
        time.await(lock, news, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /** The value in the place, which stays there; absent when it was taken already. */
  public Optional<T> peekNow() {
    lock.lock();
    try {
      return Optional.ofNullable(value);
    } finally {
      lock.unlock();
    }
  }
}
