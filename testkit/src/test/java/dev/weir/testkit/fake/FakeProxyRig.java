package dev.weir.testkit.fake;

import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.fake.FakeProxy.Switch;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The fake proxy as a rig for the driver contract. */
class FakeProxyRig implements ProxyRig {

  private final FakeProxy proxy = new FakeProxy();
  private final FakeProxyDriver.Updates updates;
  private final Time time = new OwnTime();

  FakeProxyRig(FakeProxyDriver.Updates updates) {
    this.updates = updates;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public List<PoolId> pools() {
    return List.of(new PoolId("web"), new PoolId("shop"));
  }

  @Override
  public Endpoint backend(int number) {
    return new Endpoint.Ip(InetAddress.ofLiteral("10.0.0." + (number + 1)), 80);
  }

  @Override
  public ProxyDriver open(Checkpoints checkpoints) {
    return new FakeProxyDriver(proxy, updates, time, checkpoints);
  }

  @Override
  public ProxyDriver openRefused(Checkpoints checkpoints) {
    return new FakeProxyDriver(proxy, updates, time, checkpoints)
        .withDirective("refused-directive");
  }

  @Override
  public void start() {
    proxy.start();
    if (!proxy.isRunning()) {
      throw new IllegalStateException("the proxy does not start");
    }
  }

  @Override
  public void stop() {
    proxy.stop();
  }

  @Override
  public void kill() {
    proxy.stop();
  }

  @Override
  public void reload() {
    proxy.reload();
  }

  @Override
  public void changeByHand(PoolId pool) {
    FakeConfig.FakeServer server =
        proxy.servers(pool).orElseThrow().values().stream()
            .filter(s -> s.state() == ServerState.READY)
            .findFirst()
            .orElseThrow();
    String answer = proxy.command("del %s %s".formatted(pool, server.words()));
    if (!answer.isEmpty()) {
      throw new IllegalStateException(answer);
    }
  }

  @Override
  public Broken breakReload() {
    proxy.reloadBroken(Switch.ON);
    return () -> proxy.reloadBroken(Switch.OFF);
  }

  @Override
  public Broken breakOwnConfiguration() {
    proxy.ownConfigurationBroken(Switch.ON);
    return () -> proxy.ownConfigurationBroken(Switch.OFF);
  }

  @Override
  public Optional<String> check() {
    return proxy.check(proxy.file().orElse(""));
  }

  @Override
  public List<Answer> ask(PoolId pool, int requests) {
    return proxy.ask(pool, requests).stream().map(r -> new Answer(r.status(), r.by())).toList();
  }

  @Override
  public Held hold(PoolId pool) {
    Answer answer = ask(pool, 1).getFirst();
    return new Held() {
      @Override
      public Endpoint by() {
        return answer.by().orElseThrow();
      }

      @Override
      public Answer finish() {
        return answer;
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }

  @Override
  public void close() {
    proxy.stop();
  }

  /** A clock that stands still until somebody waits. */
  private static final class OwnTime implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration howLong) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      nanos += Math.max(0, howLong.toNanos());
    }

    @Override
    public void await(Lock lock, Condition news, Duration atMost) {
      throw new UnsupportedOperationException("nobody brings news here");
    }
  }
}
