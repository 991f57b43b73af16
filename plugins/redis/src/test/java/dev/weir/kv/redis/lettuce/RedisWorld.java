package dev.weir.kv.redis.lettuce;

import dev.weir.kv.redis.RedisAddress;
import dev.weir.kv.redis.RedisOptions;
import dev.weir.kv.redis.RedisPatience;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A part of a real Redis' keys, reached through a port that can fail. */
final class RedisWorld implements KeyValueWorld {

  static final RedisPatience HASTY =
      new RedisPatience(
          Duration.ofMillis(1000),
          Duration.ofMillis(700),
          Duration.ofMillis(50),
          Duration.ofMillis(5));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final RedisServer server;
  private final Relay relay;
  private final String root = "/world-" + NUMBERS.incrementAndGet();

  RedisWorld(RedisServer server) throws IOException {
    this.server = server;
    this.relay = new Relay(FreePorts.one(), server.port());
    relay.work();
  }

  Relay relay() {
    return relay;
  }

  @Override
  public KeyValueStore store() {
    return new LettuceClients().open(plain(relay.port()), HASTY, Time.SYSTEM);
  }

  /** A Redis on a loopback port, without TLS and passwords. */
  static RedisOptions plain(int port) {
    return new RedisOptions(
        RedisAddress.parse("127.0.0.1:" + port),
        TlsFiles.NONE,
        new RedisOptions.Keys(0, "/"),
        Optional.empty());
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public void put(String key, String value) throws IOException {
    String ignored = server.ask("SET", key, value);
  }

  @Override
  public void delete(String key) throws IOException {
    String ignored = server.ask("DEL", key);
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
    List<List<String>> commands = new ArrayList<>(List.of(List.of("PING")));
    pairs.forEach((key, value) -> commands.add(List.of("SET", key, value)));
    String ignored = server.ask(commands);
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
