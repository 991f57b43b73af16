package dev.weir.app.run;

import dev.weir.app.api.ProxyView;
import dev.weir.app.config.ProxyConfig;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** One proxy that is kept in step: its loop, where that finds news, and the thread it runs on. */
public final class RunningProxy implements ProxyView, AutoCloseable {

  private final ProxyConfig<?, ?> config;
  private final Loop loop;
  private final Subscription subscription;
  private final TaskGroup task;
  private final AtomicBoolean started = new AtomicBoolean();

  /** A proxy, and what keeps it in step. */
  public record Loop(Proxy proxy, Reconciler reconciler) {}

  /** Where a loop finds the newest inputs, and who hands them to it. */
  public record Subscription(Keeper keeper, Latest<Inputs> inbox) {}

  /**
   * @param task a group of its own, closed with this
   */
  public RunningProxy(
      ProxyConfig<?, ?> config, Loop loop, Subscription subscription, TaskGroup task) {
    this.config = config;
    this.loop = loop;
    this.subscription = subscription;
    this.task = task;
    subscription.keeper().subscribe(subscription.inbox());
  }

  ProxyConfig<?, ?> config() {
    return config;
  }

  @Override
  public Proxy proxy() {
    return loop.proxy();
  }

  @Override
  public ProxyStatus status() {
    return loop.reconciler().status();
  }

  @Override
  public List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return loop.reconciler().rows(pool);
  }

  @Override
  public ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException {
    return loop.reconciler().awaitStatus(wanted, atMost);
  }

  @Override
  public void sync() {
    loop.reconciler().sync();
  }

  /** Starts the loop, unless it runs. */
  void start() {
    if (started.compareAndSet(false, true)) {
      task.start("proxy " + config.name(), loop.reconciler()::run);
    }
  }

  /** In place of the loop: brings the proxy in step once. */
  void once(Duration atMost) {
    try {
      var _ = loop.reconciler().runOnce(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop, then the driver; the proxy stays as it is. */
  @Override
  public void close() {
    subscription.keeper().unsubscribe(subscription.inbox());
    task.close();
    loop.reconciler().close();
  }
}
