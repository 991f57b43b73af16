package dev.weir.app.run;

import dev.weir.app.api.ProxyView;
import dev.weir.app.config.ProxyConfig;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.reconcile.Load;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.reconcile.ReloadOrder;
import dev.weir.engine.run.Latest;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ServerRow;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** One proxy that is kept in step: its loop, where that finds news, and the thread it runs on. */
public final class RunningProxy implements ProxyView, AutoCloseable {

  private final Loop loop;
  private final Subscription subscription;
  private final TaskGroup task;
  private final Reopening<ProxyConfig<?, ?>> reopening;
  private volatile ProxyConfig<?, ?> config;
  private final AtomicBoolean started = new AtomicBoolean();

  /** Makes the driver of a proxy as it is configured. */
  @FunctionalInterface
  public interface Opener {
    ProxyDriver open(ProxyConfig<?, ?> config) throws SetupException;
  }

  /** A proxy, and what keeps it in step. */
  public record Loop(Proxy proxy, Reconciler reconciler, TaskGroup task) {}

  /** Where a loop finds the newest inputs, and who hands them to it. */
  public record Subscription(Keeper keeper, Latest<Inputs> inbox) {}

  /**
   * @param loop with a group of its own, closed with this
   * @param opener makes the drivers that take the place of the first
   */
  public RunningProxy(
      ProxyConfig<?, ?> config, Loop loop, Subscription subscription, Opener opener) {
    this.config = config;
    this.reopening = new Reopening<>(config, opener::open);
    this.loop = loop;
    this.subscription = subscription;
    this.task = loop.task();
    subscription.keeper().subscribe(subscription.inbox());
  }

  ProxyConfig<?, ?> config() {
    return config;
  }

  @Override
  public Proxy proxy() {
    return loop.proxy().carrying(config.poolIds());
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

  @Override
  public ReloadOrder reload(String why) {
    return loop.reconciler().reload(why);
  }

  /**
   * From the next round on it carries the pools of this configuration, which differs in nothing
   * else.
   *
   * @param unknown why there may be more pools than are known yet; absent when these are all
   */
  void carry(ProxyConfig<?, ?> next, Optional<String> unknown) {
    config = next;
    loop.reconciler()
        .carry(new Load(next.poolIds(), unknown, former -> reopening.renew(former, next)));
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
