package dev.weir.engine.reconcile;

import dev.weir.spi.Time;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Where the newest status of a proxy hangs, and where it can be waited for. Safe for any thread.
 */
final class StatusBoard {
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile ProxyStatus current; // written under lock

  StatusBoard(Time time, ProxyStatus first) {
    this.time = time;
    this.current = first;
  }

  ProxyStatus current() {
    return current;
  }

  void put(ProxyStatus status) {
    lock.lock();
    try {
      current = status;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  ProxyStatus await(Predicate<ProxyStatus> wanted, Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (!wanted.test(current) && left > 0) {
        time.await(lock, changed, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
      return current;
    } finally {
      lock.unlock();
    }
  }
}
