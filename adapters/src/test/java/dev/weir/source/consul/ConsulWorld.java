package dev.weir.source.consul;

import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.FoundPoolsWorld;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.FakeConsul;
import dev.weir.testkit.fake.FakeConsul.Instance;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** The instances of one service at an agent that behaves as Consul does. */
final class ConsulWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "consul"), Time.SYSTEM);
  static final Waiting HASTY = new Waiting(Duration.ofMillis(500), Duration.ofMillis(400));
  static final Pace PACE = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  private final FakeConsul agent = new FakeConsul(FreePorts.one(), new SplittableRandom(1));
  private final Set<String> held = new HashSet<>();
  private final UnaryOperator<String> service;

  /** Members of the service {@code web}. */
  ConsulWorld() {
    this(name -> "web");
  }

  private ConsulWorld(UnaryOperator<String> service) {
    this.service = service;
  }

  /** Services, each with one instance. */
  static SourceWorld ofPools() {
    ConsulWorld world = new ConsulWorld(name -> name);
    ConsulSourceType type = new ConsulSourceType(HASTY, PACE);
    return new FoundPoolsWorld(
        world,
        () ->
            type.services()
                .open(
                    new ServicesSearch.Search(
                        world.query().agent(),
                        new ServicesSearch.Rule("[a-z]+"),
                        List.of(),
                        ServiceMembers.Health.PASSING),
                    Time.SYSTEM));
  }

  FakeConsul agent() {
    return agent;
  }

  ServiceQuery query(String... tags) {
    HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + agent.http().port(), 1);
    return new ServiceQuery(
        new ConsulOptions(origin, TlsFiles.NONE, Optional.empty(), Optional.empty()),
        "web",
        List.of(tags));
  }

  @Override
  public Source source() {
    return new ConsulSourceType(HASTY, PACE)
        .open(new ConsulSourceType.Options(query(), ServiceMembers.Health.PASSING), CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    agent.start();
    held.stream().filter(name -> !names.contains(name)).forEach(agent::deregister);
    names.stream()
        .distinct()
        .filter(name -> !held.contains(name))
        .forEach(
            name -> agent.register(Instance.passing(service.apply(name), name, address(name), 80)));
    held.clear();
    held.addAll(names);
  }

  private static String address(String name) {
    return "10.0.0." + (int) name.charAt(0);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    agent.fail(fault);
  }

  @Override
  public void stir() {
    agent.stir();
  }

  @Override
  public void rewind(List<String> names) throws IOException {
    agent.rewind();
    held.clear();
    hold(names);
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
