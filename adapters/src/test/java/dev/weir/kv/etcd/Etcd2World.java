package dev.weir.kv.etcd;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A part of the keys of version 2 of a real etcd, reached through a port that can fail. */
final class Etcd2World implements KeyValueWorld {

  static final EtcdStoreType.Patience HASTY =
      new EtcdStoreType.Patience(Duration.ofMillis(1000), Duration.ofMillis(700));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final EtcdServer server;
  private final Relay relay;
  private final String root = "/world-" + NUMBERS.incrementAndGet();

  Etcd2World(EtcdServer server) throws IOException {
    this.server = server;
    this.relay = new Relay(FreePorts.one(), server.port());
    relay.work();
  }

  @Override
  public KeyValueStore store() {
    HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + relay.port(), 1);
    return new Etcd2StoreType(HASTY)
        .open(new EtcdOptions(List.of(origin), TlsFiles.NONE, Optional.empty()), Time.SYSTEM);
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public void put(String key, String value) {
    server.put2(key, value, "");
  }

  @Override
  public void delete(String key) {
    server.delete2(key);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    relay.fail(fault);
  }

  @Override
  public void heal() throws IOException {
    relay.work();
  }

  @Override
  public void recreate(Map<String, String> pairs) throws IOException, InterruptedException {
    server.recreate();
    pairs.forEach(this::put);
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
