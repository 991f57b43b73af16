package dev.weir.source.serf;

import dev.weir.follow.Pace;
import dev.weir.model.Address;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.secret.Secret;
import dev.weir.source.serf.FakeAgent.Node;
import dev.weir.source.serf.NodeSelection.Port;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pretended agent, reached through a port that can fail. */
final class SerfWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "serf"), Time.SYSTEM);
  static final Agent.Patience HASTY =
      new Agent.Patience(Duration.ofMillis(400), Duration.ofMillis(300));
  static final Pace PACE = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  private final FakeAgent agent;
  private final Relay relay;
  private final Set<String> held = new HashSet<>();

  SerfWorld() throws IOException {
    agent = new FakeAgent(Optional.empty());
    relay = new Relay(FreePorts.one(), agent.port());
  }

  FakeAgent agent() {
    return agent;
  }

  @Override
  public Source source() {
    return source(relay.port(), Optional.empty());
  }

  static Source source(int port, Optional<Secret> key) {
    Agent asked = new Agent(Address.parse("127.0.0.1:" + port), key, HASTY);
    NodeSelection selection =
        new NodeSelection(Optional.empty(), Map.of("role", "web"), new Port.Tag("port"));
    return new SerfSourceType(PACE).open(new SerfSourceType.Options(asked, selection), CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    relay.work();
    for (String former : held) {
      if (!names.contains(former)) {
        agent.put("member-leave", node(former, "left"));
      }
    }
    for (String name : names) {
      agent.put("member-join", node(name, "alive"));
    }
    held.clear();
    held.addAll(names);
  }

  static Node node(String name, String status) {
    return new Node(name, name.charAt(0), status, Map.of("role", "web", "port", "80"));
  }

  @Override
  public void fail(Fault fault) throws IOException {
    relay.fail(fault);
  }

  @Override
  public void stir() throws IOException {
    agent.put("member-update", new Node("other", 1, "alive", Map.of("role", "db")));
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("a cluster has no index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "a cluster has no index");
  }

  @Override
  public void close() throws IOException {
    relay.close();
    agent.close();
  }
}
