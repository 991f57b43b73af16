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
import dev.weir.testkit.real.ConsulAgent;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The keys of an agent that is used by its interface alone, behind a port that can fail: of the one
 * that {@code WEIR_TEST_CONSUL=http://127.0.0.1:8500} names, else of the stand-in.
 */
final class AgentKvTest extends KeyValueStoreContract {

  @Override
  protected KeyValueWorld world() throws IOException {
    return new World();
  }

  private static final class World implements KeyValueWorld {

    private final Optional<FakeConsul> standIn;
    private final ConsulAgent agent;
    private final Relay relay;
    private final String root = "/weir-test-" + System.nanoTime();

    World() throws IOException {
      Optional<Integer> named = ConsulAgent.named();
      standIn =
          named.isPresent()
              ? Optional.empty()
              : Optional.of(new FakeConsul(FreePorts.one(), new SplittableRandom(1)));
      if (standIn.isPresent()) {
        standIn.get().start();
      }
      agent = new ConsulAgent(named.or(() -> standIn.map(it -> it.http().port())).orElseThrow());
      relay = new Relay(FreePorts.one(), agent.port());
      relay.work();
    }

    @Override
    public KeyValueStore store() {
      HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + relay.port(), 1);
      Waiting hasty = new Waiting(Duration.ofMillis(500), Duration.ofMillis(400));
      return new ConsulStoreType(hasty)
          .open(
              new ConsulOptions(origin, TlsFiles.NONE, Optional.empty(), Optional.empty()),
              Time.SYSTEM);
    }

    @Override
    public String root() {
      return root;
    }

    @Override
    public void put(String key, String value) throws IOException, InterruptedException {
      relay.work();
      agent.write(key.substring(1), value);
    }

    @Override
    public void delete(String key) throws IOException, InterruptedException {
      agent.delete(key.substring(1));
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
    public void recreate(Map<String, String> pairs) {
      throw new UnsupportedOperationException("an agent keeps its index");
    }

    @Override
    public Map<Ability, String> unable() {
      return Map.of(Ability.REWIND, "an agent keeps its index");
    }

    @Override
    public void close() throws IOException {
      try {
        agent.delete(root.substring(1));
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      } finally {
        relay.close();
        agent.close();
        if (standIn.isPresent()) {
          standIn.get().close();
        }
      }
    }
  }
}
