package dev.weir.kv.zookeeper.client;

import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.model.Address;
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

/** A part of a real ZooKeeper's nodes, reached through a port that can fail. */
final class ZookeeperWorld implements KeyValueWorld {

  static final ZookeeperPatience HASTY =
      new ZookeeperPatience(Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofMillis(5));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final ZookeeperServer server;
  private final Relay relay;
  private final String root = "/world-" + NUMBERS.incrementAndGet();

  ZookeeperWorld(ZookeeperServer server) throws IOException {
    this.server = server;
    this.relay = new Relay(FreePorts.one(), server.port());
    relay.work();
  }

  Relay relay() {
    return relay;
  }

  @Override
  public KeyValueStore store() {
    return store(HASTY);
  }

  /** A client with this patience; the caller closes it. */
  KeyValueStore store(ZookeeperPatience patience) {
    return new NativeClients().open(at(relay.port()), patience, Time.SYSTEM);
  }

  /** A server on a loopback port that asks nobody who reads. */
  static ZookeeperOptions at(int port) {
    return new ZookeeperOptions(List.of(Address.parse("127.0.0.1:" + port)), Optional.empty());
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public void put(String key, String value) throws Exception {
    server.put(key, value);
  }

  @Override
  public void delete(String key) throws Exception {
    server.delete(key);
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
  public void recreate(Map<String, String> pairs) throws Exception {
    server.recreate();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      server.put(pair.getKey(), pair.getValue());
    }
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** Between two attempts to connect the library sleeps for up to a second, deaf to its closing. */
  @Override
  public Duration farewell() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
