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
  private final Condition filled = lock.newCondition();
  private @Nullable T value; // guarded by lock

  public Latest(Time time) {
    this.time = time;
  }

  /** Puts a value in the place, whatever is there. */
  public void put(T newValue) {
    lock.lock();
    try {
      value = newValue;
      filled.signalAll();
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
        filled.await();
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
        time.await(lock, filled, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
      Optional<T> taken = Optional.ofNullable(value);
      value = null;
      return taken;
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
