package dev.weir.net;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of the time for a piece of work on a channel: when it comes, the channel is closed, which
 * ends whatever waits on it. A peer that sends a byte now and then cannot put it off. One thread
 * watches all deadlines, however many there are.
 */
public final class Deadline implements AutoCloseable {

  private static final DeadlineClock CLOCK = DeadlineClock.start();

  private final AtomicReference<@Nullable Channel> guarded = new AtomicReference<>();
  private final DeadlineClock.Alarm alarm;
  private volatile boolean passed;

  private Deadline(Duration after) {
    alarm = CLOCK.set(after, this::pass);
  }

  /** Begins to count; more than zero. */
  public static Deadline after(Duration time) {
    return new Deadline(time);
  }

  /** Closes this channel when the time is over, and at once when it is over already. */
  public void guard(Channel channel) {
    guarded.set(channel);
    if (passed) {
      closeGuarded();
    }
  }

  /** Whether the time is over. */
  public boolean passed() {
    return passed;
  }

  private void pass() {
    passed = true;
    closeGuarded();
  }

  private void closeGuarded() {
    Channel channel = guarded.get();
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException unusable) {
        // It is closed all the same: the descriptor is gone whatever the kernel says.
      }
    }
  }

  /** The work ended in time: the channel is left alone from now on. */
  @Override
  public void close() {
    guarded.set(null);
    CLOCK.clear(alarm);
  }
}
