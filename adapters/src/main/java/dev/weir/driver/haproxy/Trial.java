package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.driver.haproxy.WaitingTexts.Pending;
import dev.weir.publish.StagedGroup;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of a staged text that runs on a thread of its own: it takes 30 ms, and half a second with
 * 10,000 servers, in which members must be able to change. The thread does nothing else. Used by
 * one thread beside it.
 */
final class Trial {

  private final Pending waiting;
  private final StagedGroup staged;
  private final Thread thread;
  private volatile Optional<Refusal> refusal = Optional.empty();
  private volatile @Nullable IOException failure;

  /** Starts the check. */
  Trial(Pending waiting, StagedGroup staged, ConfigCheck check) {
    this.waiting = waiting;
    this.staged = staged;
    this.thread =
        Thread.ofVirtual().name("check " + staged.paths().keySet()).start(() -> run(check));
  }

  private void run(ConfigCheck check) {
    try {
      refusal = check.check(staged.paths());
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      failure = new IOException("the check was interrupted", e);
    } catch (RuntimeException e) {
      failure = new IOException("the check failed: " + e, e);
    }
  }

  Pending waiting() {
    return waiting;
  }

  StagedGroup staged() {
    return staged;
  }

  boolean ended() {
    return !thread.isAlive();
  }

  /**
   * What came of it, once it has ended.
   *
   * @throws IOException when the check itself did not work
   */
  Optional<Refusal> verdict() throws IOException {
    IOException broken = failure;
    if (broken != null) {
      throw broken;
    }
    return refusal;
  }

  /** Stops it; what was staged is overwritten by whatever is staged next. */
  void abandon() {
    thread.interrupt();
  }
}
