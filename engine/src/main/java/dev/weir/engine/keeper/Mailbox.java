package dev.weir.engine.keeper;

import dev.weir.engine.health.ProbeSink;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Where everybody leaves news for the {@link Keeper}: sources, checks, lookups and commands.
 * Leaving something never blocks. Safe for any thread.
 */
public final class Mailbox implements ProbeSink {
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private List<Message> messages = new ArrayList<>(); // guarded by lock

  public Mailbox(Time time) {
    this.time = time;
  }

  /** Where this source reports to. */
  public Source.Sink sink(SourceName source) {
    return sink(source, took -> {});
  }

  /**
   * The same, and this is told how long each report took until it was part of the inputs.
   *
   * @param took called by the keeper's thread
   */
  public Source.Sink sink(SourceName source, Consumer<Duration> took) {
    return report -> {
      long since = time.nanos();
      Runnable taken = () -> took.accept(Duration.ofNanos(time.nanos() - since));
      put(new Message.Reported(source, report, taken));
    };
  }

  @Override
  public void concluded(MemberId member, Health health) {
    put(new Message.Concluded(member, health));
  }

  @Override
  public void looked(MemberId member, ProbeResult result) {
    put(new Message.Looked(member, result));
  }

  void put(Message message) {
    lock.lock();
    try {
      messages.add(message);
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all there is, in the order it came. */
  List<Message> drain() {
    lock.lock();
    try {
      List<Message> taken = messages;
      messages = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (messages.isEmpty() && left > 0) {
        time.await(lock, filled, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
    } finally {
      lock.unlock();
    }
  }
}
