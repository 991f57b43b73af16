package dev.weir.app.run;

import dev.weir.app.config.ProxyConfig;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Inputs;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One proxy that is kept in step: its loop, where that finds news, and the thread it runs on. */
public final class RunningProxy implements AutoCloseable {

  private final ProxyConfig<?, ?> config;
  private final Reconciler reconciler;
  private final Subscription subscription;
  private final TaskGroup task;
  private final AtomicBoolean started = new AtomicBoolean();

  /** Where a loop finds the newest inputs, and who hands them to it. */
  public record Subscription(Keeper keeper, Latest<Inputs> inbox) {}

  /**
   * @param task a group of its own, closed with this
   */
  public RunningProxy(
      ProxyConfig<?, ?> config, Reconciler reconciler, Subscription subscription, TaskGroup task) {
    this.config = config;
    this.reconciler = reconciler;
    this.subscription = subscription;
    this.task = task;
    subscription.keeper().subscribe(subscription.inbox());
  }

  ProxyConfig<?, ?> config() {
    return config;
  }

  Reconciler reconciler() {
    return reconciler;
  }

  /** Starts the loop, unless it runs. */
  void start() {
    if (started.compareAndSet(false, true)) {
      task.start("proxy " + config.name(), reconciler::run);
    }
  }

  /** In place of the loop: brings the proxy in step once. */
  void once(Duration atMost) {
    try {
      reconciler.runOnce(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop, then the driver; the proxy stays as it is. */
  @Override
  public void close() {
    subscription.keeper().unsubscribe(subscription.inbox());
    task.close();
    reconciler.close();
  }
}
