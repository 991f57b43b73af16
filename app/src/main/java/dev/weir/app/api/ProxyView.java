package dev.weir.app.api;

import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ReloadOrder;
import dev.weir.model.PoolId;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
   * Has it loaded anew in its next round; without effect while the hands are kept off it.
   *
   * @param why for people
   */
  ReloadOrder reload(String why);

  /**
   * What it counts for the servers of a pool, asked now.
   *
   * @throws IOException when it cannot be asked
   */
  List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException;

  /**
   * Waits for a status.
   *
   * @param atMost zero or less: does not wait
   * @return the newest status, whether it is as wanted or the time is over
   */
  ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException;
}
