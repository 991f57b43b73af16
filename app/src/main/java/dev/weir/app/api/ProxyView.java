package dev.weir.app.api;

import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import java.time.Duration;
import java.util.function.Predicate;

/** One proxy as the API reads it; safe for any thread. */
public interface ProxyView {

  /** What it is and carries, with its ledger and meters. */
  Proxy proxy();

  /** How it stands. */
  ProxyStatus status();

  /** Asks for a full look, plan and repair at once. */
  void sync();

  /**
   * Waits for a status.
   *
   * @param atMost zero or less: does not wait
   * @return the newest status, whether it is as wanted or the time is over
   */
  ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException;
}
