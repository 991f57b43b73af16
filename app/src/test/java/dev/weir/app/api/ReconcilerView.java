package dev.weir.app.api;

import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.reconcile.ReloadOrder;
import dev.weir.model.PoolId;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A reconciler as the API reads it. */
record ReconcilerView(Proxy proxy, Reconciler reconciler) implements ProxyView {
  @Override
  public ProxyStatus status() {
    return reconciler.status();
  }

  @Override
  public void sync() {
    reconciler.sync();
  }

  @Override
  public ReloadOrder reload(String why) {
    return reconciler.reload(why);
  }

  @Override
  public List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return reconciler.rows(pool);
  }

  @Override
  public ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException {
    return reconciler.awaitStatus(wanted, atMost);
  }
}
