package dev.weir.app.api;

import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ReloadOrder;
import dev.weir.engine.reconcile.Sync;
import dev.weir.engine.resolve.Resolver;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Drain;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A proxy of a {@link SampleWeir} that confirms what it is told, or lags behind until it is let.
 * Guarded by its Weir, and so safe for any thread.
 */
public final class SampleProxy implements ProxyView {
  private final SampleWeir weir;
  private List<Drain> drains = List.of();
  private boolean mute;
  private Optional<Outcome> way =
      Optional.of(new Outcome.Applied(Fingerprint.of(""), Outcome.Way.RELOAD));
  private final Proxy proxy;
  private boolean lags;
  private Optional<Sync> trouble = Optional.empty();
  private Optional<ProxyStatus.LastOutcome> last = Optional.empty();
  private Observed.Condition condition = new Observed.Condition.Running("1.22.1");
  private long generation;
  private Optional<DesiredState> desired = Optional.empty();

  SampleProxy(SampleWeir weir, Proxy proxy) {
    this.weir = weir;
    this.proxy = proxy;
  }

  /** From now on confirms nothing. */
  public void lag() {
    synchronized (weir) {
      lags = true;
    }
  }

  /** Confirms what there is, and all that comes. */
  public void follow() {
    synchronized (weir) {
      lags = false;
      changed();
    }
  }

  /** Has a server that still drains, or did. */
  public void drains(Drain drain) {
    synchronized (weir) {
      drains = List.of(drain);
      weir.notifyAll();
    }
  }

  /** Is out of step for this reason. */
  public void trouble(Sync sync, Outcome outcome, Observed.Condition newCondition) {
    synchronized (weir) {
      lags = true;
      trouble = Optional.of(sync);
      last =
          Optional.of(new ProxyStatus.LastOutcome(outcome, Instant.now(), Duration.ofMillis(40)));
      condition = newCondition;
    }
  }

  @Override
  public void sync() {
    synchronized (weir) {
      weir.note("sync " + proxy.name());
      if (trouble.isEmpty()) {
        follow();
      }
    }
  }

  @Override
  public ReloadOrder reload(String why) {
    synchronized (weir) {
      weir.note("reload %s: %s".formatted(proxy.name(), why));
      ReloadOrder order = new ReloadOrder(why);
      if (!lags) {
        order.answer(new Outcome.Applied(Fingerprint.of(""), Outcome.Way.RELOAD));
      }
      return order;
    }
  }

  /** There may be more to confirm; the caller holds its Weir. */
  void changed() {
    if (!lags) {
      generation = weir.inputs().generation();
      desired = Optional.of(new Resolver().resolve(weir.inputs(), proxy.pools(), Map.of()));
      weir.notifyAll();
    }
  }

  @Override
  public Proxy proxy() {
    return proxy;
  }

  @Override
  public ProxyStatus status() {
    synchronized (weir) {
      Sync sync =
          trouble.orElse(
              lags && generation < weir.inputs().generation()
                  ? new Sync.Behind("lags", Optional.empty())
                  : new Sync.Reached());
      return new ProxyStatus(
          proxy.name(),
          proxy.kind(),
          desired,
          sync,
          last,
          Optional.of(condition),
          Optional.empty(),
          drains,
          List.of(
              new PoolWay(new PoolId("web"), PoolWay.Kind.SLOTS, "balance static-rr is static")),
          pinned(),
          new ProxyStatus.Progress(
              generation,
              3,
              Optional.of(Instant.now()),
              Optional.of(Instant.now()),
              Instant.now(),
              Instant.now()));
    }
  }

  /** Where it is pinned, the proxy has tried at once, unless the test wants it otherwise. */
  private Optional<ProxyStatus.Pinned> pinned() {
    return weir.pauses()
        .holds(proxy.name())
        .flatMap(Brake.Hold::pin)
        .map(to -> new ProxyStatus.Pinned(to, way));
  }

  /** What becomes of the next rollbacks; absent for not tried yet. */
  public void rollback(Optional<Outcome> outcome) {
    synchronized (weir) {
      way = outcome;
    }
  }

  @Override
  public List<ServerRow> rows(PoolId pool) throws IOException {
    synchronized (weir) {
      if (mute) {
        throw new IOException("nobody listens on /run/admin.sock");
      }
      return desired
          .flatMap(state -> state.pool(pool))
          .map(DesiredPool::members)
          .orElse(List.of())
          .stream()
          .map(member -> row(pool, member))
          .toList();
    }
  }

  /** Cannot be asked any more what it counts. */
  public void mute() {
    synchronized (weir) {
      mute = true;
    }
  }

  private static ServerRow row(PoolId pool, DesiredMember member) {
    return new ServerRow(
        pool,
        "slot-of-" + member.name(),
        Optional.of(member.endpoint()),
        "UP",
        Optional.of("L7OK: 200"),
        Optional.of(
            new ServerRow.Opinion(
                ServerRow.Opinion.Word.UP,
                new ProbeResult(ProbeResult.Kind.OK, "L7OK: 200", Duration.ZERO))),
        new ServerRow.Load(3, 1, 7, 900, 2),
        Duration.ofSeconds(61));
  }

  @Override
  public ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (weir) {
      long left = atMost.toMillis();
      while (!wanted.test(status()) && left > 0) {
        weir.wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
      return status();
    }
  }
}
