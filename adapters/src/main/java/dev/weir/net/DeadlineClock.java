package dev.weir.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Alarms that hardly ever ring. Each look sets one and clears it a moment later, so setting and
 * clearing must not wake the thread that waits: it sleeps on to a time that has become too early,
 * about once for the length of a time-out, and looks then. A scheduled executor wakes its thread
 * for each alarm: at 500 looks a second, a tenth of what they cost in all.
 */
final class DeadlineClock {

  private static final long FOREVER = Long.MAX_VALUE / 2;

  /**
   * Something to do at a time.
   *
   * @param at on the clock of this class
   * @param number tells two of the same time apart
   */
  record Alarm(long at, long number, Runnable ring) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  private final long origin = System.nanoTime();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("weir-deadlines").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, as all that follows. */
  private final TreeSet<Alarm> alarms = new TreeSet<>();

  private long wakesAt = FOREVER;
  private long numbers;

  private DeadlineClock() {}

  static DeadlineClock start() {
    DeadlineClock clock = new DeadlineClock();
    clock.thread.start();
    return clock;
  }

  /** Rings after this time, unless it is cleared before. */
  Alarm set(Duration after, Runnable ring) {
    long at = now() + after.toNanos();
    lock.lock();
    try {
      Alarm alarm = new Alarm(at, ++numbers, ring);
      alarms.add(alarm);
      if (at < wakesAt) {
        wakesAt = at;
        LockSupport.unpark(thread);
      }
      return alarm;
    } finally {
      lock.unlock();
    }
  }

  void clear(Alarm alarm) {
    lock.lock();
    try {
      alarms.remove(alarm);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      due().forEach(alarm -> alarm.ring().run());
      LockSupport.parkNanos(this, Math.max(1, untilWaking()));
    }
  }

  private List<Alarm> due() {
    List<Alarm> due = new ArrayList<>();
    lock.lock();
    try {
      long now = now();
      while (!alarms.isEmpty() && alarms.first().at() <= now) {
        due.add(alarms.removeFirst());
      }
      wakesAt = alarms.isEmpty() ? FOREVER : alarms.first().at();
    } finally {
      lock.unlock();
    }
    return due;
  }

  private long untilWaking() {
    lock.lock();
    try {
      return wakesAt - now();
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }
}
