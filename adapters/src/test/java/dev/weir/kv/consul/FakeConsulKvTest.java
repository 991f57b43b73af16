package dev.weir.kv.consul;

import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.KeyValueStoreContract;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.fake.FakeConsul;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The contract of key-value stores, over an agent that behaves as Consul does. */
final class FakeConsulKvTest extends KeyValueStoreContract {

  @Override
  protected KeyValueWorld world() {
    return new World();
  }

  private static final class World implements KeyValueWorld {

    private final FakeConsul agent = new FakeConsul(FreePorts.one(), new SplittableRandom(1));

    @Override
    public KeyValueStore store() {
      HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + agent.http().port(), 1);
      Waiting hasty = new Waiting(Duration.ofMillis(500), Duration.ofMillis(400));
      return new ConsulStoreType(hasty)
          .open(
              new ConsulOptions(origin, TlsFiles.NONE, Optional.empty(), Optional.empty()),
              Time.SYSTEM);
    }

    @Override
    public String root() {
      return "/weir";
    }

    @Override
    public void put(String key, String value) throws IOException {
      agent.start();
      agent.put(key.substring(1), value);
    }

    @Override
    public void delete(String key) {
      agent.delete(key.substring(1));
    }

    @Override
    public void fail(Fault fault) throws IOException {
      agent.fail(fault);
    }

    @Override
    public void heal() throws IOException {
      agent.start();
    }

    @Override
    public void recreate(Map<String, String> pairs) throws IOException {
      agent.rewind();
      pairs.forEach((key, value) -> agent.put(key.substring(1), value));
    }

    @Override
    public Map<Ability, String> unable() {
      return Map.of();
    }

    @Override
    public void close() throws IOException {
      agent.close();
    }
  }
}
