package dev.weir.source.consul;

import dev.weir.consul.ConsulOptions;
import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.spi.Source;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.FakeConsul;
import dev.weir.testkit.real.ConsulAgent;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The instances of a service of its own at an agent that is used by its interface alone, behind a
 * port that can fail: the one that {@code WEIR_TEST_CONSUL} names, else the stand-in.
 */
final class AgentWorld implements SourceWorld {

  private final Optional<FakeConsul> standIn;
  private final ConsulAgent agent;
  private final Relay relay;
  private final String service = "weir-test-" + FreePorts.one() + "-" + System.nanoTime();
  private final Set<String> held = new HashSet<>();
  private int stirs;

  AgentWorld() throws IOException {
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
  public Source source() {
    HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + relay.port(), 1);
    ConsulOptions options =
        new ConsulOptions(origin, TlsFiles.NONE, Optional.empty(), Optional.empty());
    return new ConsulSourceType(ConsulWorld.HASTY, ConsulWorld.PACE)
        .open(
            new ConsulSourceType.Options(
                new ServiceQuery(options, service, List.of()), ServiceMembers.Health.PASSING),
            ConsulWorld.CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException, InterruptedException {
    relay.work();
    for (String former : Set.copyOf(held)) {
      if (!names.contains(former)) {
        agent.deregister(id(former));
      }
    }
    for (String name : Set.copyOf(names)) {
      if (!held.contains(name)) {
        agent.register(service, id(name), "10.0.0." + (int) name.charAt(0));
      }
    }
    held.clear();
    held.addAll(names);
  }

  /** As the contract knows members by their names, and those are the instances' ids. */
  private static String id(String name) {
    return name;
  }

  @Override
  public void fail(Fault fault) throws IOException {
    relay.fail(fault);
  }

  @Override
  public void stir() throws IOException, InterruptedException {
    agent.write(service + "/stir", Integer.toString(++stirs));
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("an agent keeps its index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "an agent keeps its index");
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void close() throws IOException {
    try {
      hold(List.of());
      agent.delete(service);
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
