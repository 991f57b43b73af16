package dev.weir.app.run;

import dev.weir.app.config.ProxyConfig;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ReconcileMeters;
import dev.weir.model.ProxyName;
import dev.weir.spi.SetupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The proxies that are kept in step. One thread changes which; {@link #all} is safe for any thread.
 */
public final class RunningProxies implements AutoCloseable {

  private final Workshop workshop;
  private final Map<ProxyName, RunningProxy> running = new ConcurrentHashMap<>();
  private final Map<ProxyName, Past> pasts = new HashMap<>();
  private volatile List<ProxyName> order = List.of();

  /** What outlives a reconciler when its proxy is configured anew. */
  public record Past(ReconcileMeters meters) {}

  /** Makes running proxies of configured ones. */
  @FunctionalInterface
  public interface Workshop {
    RunningProxy open(ProxyConfig<?, ?> proxy, Past past) throws SetupException;
  }

  public RunningProxies(Workshop workshop) {
    this.workshop = workshop;
  }

  /** All of them, in the order of the configuration. */
  public List<RunningProxy> all() {
    List<RunningProxy> all = new ArrayList<>();
    for (ProxyName name : order) {
      Optional.ofNullable(running.get(name)).ifPresent(all::add);
    }
    return all;
  }

  /** Whether each that is configured could be opened. Safe for any thread. */
  boolean allOpen() {
    return running.keySet().containsAll(order);
  }

  /**
   * Makes these the proxies: those that did not change go on undisturbed, the others are replaced
   * one by one.
   *
   * @return what could not be done, one line each; there the former set-up goes on where there was
   *     one
   */
  List<String> become(List<ProxyConfig<?, ?>> wanted) {
    Map<ProxyName, ProxyConfig<?, ?>> next = new LinkedHashMap<>();
    wanted.forEach(proxy -> next.put(proxy.name(), proxy));
    Map<ProxyName, RunningProxy> former = new HashMap<>();
    for (RunningProxy proxy : List.copyOf(running.values())) {
      ProxyName name = proxy.config().name();
      if (!proxy.config().equals(next.get(name))) {
        running.remove(name);
        proxy.close();
        former.put(name, proxy);
      }
    }
    order = List.copyOf(next.keySet());
    List<String> failures = new ArrayList<>();
    for (ProxyConfig<?, ?> proxy : wanted) {
      if (!running.containsKey(proxy.name())) {
        open(proxy, Optional.ofNullable(former.get(proxy.name()))).ifPresent(failures::add);
      }
    }
    return failures;
  }

  /**
   * Has the proxies carry the pools of these configurations, where they differ in nothing else.
   *
   * @param unknown why there may be more pools than are known yet, for each proxy
   */
  void carry(
      List<ProxyConfig<?, ?>> wanted, Function<ProxyConfig<?, ?>, Optional<String>> unknown) {
    for (ProxyConfig<?, ?> proxy : wanted) {
      RunningProxy runs = running.get(proxy.name());
      if (runs != null && !proxy.sets().isEmpty() && runs.config().differsInPoolsAtMost(proxy)) {
        runs.carry(proxy, unknown.apply(proxy));
      }
    }
  }

  /** Starts the loops that do not run yet. */
  void start() {
    all().forEach(RunningProxy::start);
  }

  /** Brings every proxy in step once, all at the same time. */
  List<ProxyStatus> once(Duration atMost) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (RunningProxy proxy : all()) {
      threads.add(Thread.ofVirtual().start(() -> proxy.once(atMost)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return all().stream().map(RunningProxy::status).toList();
  }

  private Optional<String> open(ProxyConfig<?, ?> proxy, Optional<RunningProxy> former) {
    try {
      open(proxy);
      return Optional.empty();
    } catch (SetupException e) {
      String failure = "proxy %s: %s".formatted(proxy.name(), e.getMessage());
      return Optional.of(failure + former.map(this::reopened).orElse(""));
    }
  }

  private String reopened(RunningProxy former) {
    try {
      open(former.config());
      return "; it goes on as before";
    } catch (SetupException e) {
      return "; nor can it go on as before: " + e.getMessage();
    }
  }

  private void open(ProxyConfig<?, ?> proxy) throws SetupException {
    Past past = pasts.computeIfAbsent(proxy.name(), name -> new Past(new ReconcileMeters()));
    running.put(proxy.name(), workshop.open(proxy, past));
  }

  /** Stops all loops; every proxy stays as it is. */
  @Override
  public void close() {
    List<Thread> closing = new ArrayList<>();
    for (RunningProxy proxy : running.values()) {
      closing.add(Thread.ofVirtual().start(proxy::close));
    }
    for (Thread thread : closing) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    running.clear();
  }
}
