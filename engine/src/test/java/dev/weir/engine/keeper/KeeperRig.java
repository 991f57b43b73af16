package dev.weir.engine.keeper;

import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.Probing;
import dev.weir.engine.run.Pulse;
import dev.weir.engine.run.Runner;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceState.LastGood;
import dev.weir.model.Target;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A keeper on one thread and manual time: everything beside it stands still until a test says
 * otherwise, and what it tells others is written down.
 */
final class KeeperRig {
  static final PoolId WEB = new PoolId("web");
  static final PoolId API = new PoolId("api");

  final ManualTime time = new ManualTime();
  final Disk disk = new Disk();
  final List<Event> events = new ArrayList<>();
  final Map<PoolId, List<Candidate>> followed = new HashMap<>();
  final List<Candidate> looks = new ArrayList<>();
  final Map<String, List<InetAddress>> names = new HashMap<>();
  final Map<String, Pulse> pulses = new LinkedHashMap<>();
  Mailbox mailbox = new Mailbox(time);
  private @Nullable Keeper keeper;

  /** Stores in memory that survive the keeper and can be made to fail. */
  static final class Disk implements OverrideStore, CatalogStore {
    final List<OperatorOverride> overrides = new ArrayList<>();
    final Map<SourceName, LastGood> reports = new HashMap<>();
    long generation = 1;
    boolean full;

    private void check() throws StoreException {
      if (full) {
        throw new StoreException("state.db: no space left (expected: a disk with room)");
      }
    }

    @Override
    public List<OperatorOverride> load() {
      return List.copyOf(overrides);
    }

    @Override
    public void change(List<Change> changes) throws StoreException {
      check();
      for (Change change : changes) {
        switch (change) {
          case Change.Set set -> {
            remove(set.override().target(), set.override().slot());
            overrides.add(set.override());
          }
          case Change.Clear clear -> remove(clear.target(), clear.slot());
        }
      }
    }

    private void remove(Target target, OperatorOverride.Slot slot) {
      overrides.removeIf(o -> o.target().equals(target) && o.slot() == slot);
    }

    @Override
    public Map<SourceName, LastGood> loadReports() {
      Map<SourceName, LastGood> loaded = new HashMap<>();
      reports.forEach((name, good) -> loaded.put(name, good.restored()));
      return loaded;
    }

    @Override
    public void saveReport(SourceName source, LastGood report) throws StoreException {
      check();
      reports.put(source, report);
    }

    @Override
    public void dropReport(SourceName source) throws StoreException {
      check();
      reports.remove(source);
    }

    @Override
    public long reserveGenerations(int count) throws StoreException {
      check();
      long first = generation;
      generation += count;
      return first;
    }
  }

  private final class Recorder implements Probing {
    @Override
    public void follow(PoolId pool, List<Candidate> members) {
      followed.put(pool, members);
    }

    @Override
    public void look(Candidate member) {
      looks.add(member);
    }
  }

  Keeper keeper() {
    if (keeper == null) {
      throw new AssertionError("no keeper (expected: start() first)");
    }
    return keeper;
  }

  /** A new run of Weir over the same disk. */
  KeeperRig start(PoolDefinition... pools) {
    mailbox = new Mailbox(time);
    pulses.clear();
    followed.clear();
    events.clear();
    Seams seams =
        new Seams(
            mailbox,
            time,
            new Recorder(),
            events::add,
            new Seams.Stores(disk, disk),
            this::lookup,
            this::hold);
    try {
      keeper = Keeper.open(seams, List.of(pools));
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  private List<InetAddress> lookup(String name) throws UnknownHostException {
    List<InetAddress> found = names.get(name);
    if (found == null) {
      throw new UnknownHostException(name);
    }
    return found;
  }

  private Runner.Running hold(String name, Pulse pulse) {
    pulses.put(name, pulse);
    return () -> pulses.remove(name);
  }

  /** Lets everything beside the keeper have its turn once, then the keeper. */
  KeeperRig beside() {
    for (Pulse pulse : List.copyOf(pulses.values())) {
      try {
        Optional<Duration> ignored = pulse.step();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return step();
  }

  KeeperRig step() {
    Duration ignored = keeper().step();
    return this;
  }

  /** Time passes; the keeper steps whenever it asked to. */
  KeeperRig later(Duration howLong) {
    Instant end = time.now().plus(howLong);
    Duration rest = keeper().step();
    while (!time.now().plus(rest).isAfter(end)) {
      time.advance(rest.isPositive() ? rest : Duration.ofMillis(1));
      rest = keeper().step();
    }
    time.advance(Duration.between(time.now(), end));
    return step();
  }

  // ---- definitions and news

  static PoolDefinition pool(PoolId id, UnaryOperator<PoolPolicy> policy, String... kinds) {
    List<SourceBinding> sources = new ArrayList<>();
    for (String kind : kinds) {
      sources.add(new SourceBinding(SourceName.of(id, kind), true));
    }
    return new PoolDefinition(id, policy.apply(PoolPolicy.DEFAULT), sources);
  }

  static PoolPolicy checked(PoolPolicy policy) {
    return policy.withCheck(PoolPolicy.CheckPolicy.DEFAULT);
  }

  static MemberId id(PoolId pool, int n) {
    return new MemberId(pool, Address.parse("10.0.0.%d:80".formatted(n)));
  }

  static Member member(PoolId pool, int n) {
    return Member.of(id(pool, n), SourceName.of(pool, "file")).withName("m" + n);
  }

  /** The pool's file names these. */
  KeeperRig reports(PoolId pool, int... numbers) {
    List<Member> members = new ArrayList<>();
    for (int n : numbers) {
      members.add(member(pool, n));
    }
    return reports(pool, SourceReport.Complete.of(members));
  }

  KeeperRig reports(PoolId pool, SourceReport report) {
    mailbox.sink(SourceName.of(pool, "file")).report(report);
    return this;
  }

  KeeperRig passes(PoolId pool, int... numbers) {
    for (int n : numbers) {
      mailbox.concluded(id(pool, n), new Health.Up(time.now()));
    }
    return this;
  }

  KeeperRig fails(PoolId pool, ProbeResult.Kind kind, int... numbers) {
    ProbeResult result = new ProbeResult(kind, kind.toString(), Duration.ofMillis(1));
    for (int n : numbers) {
      mailbox.concluded(id(pool, n), new Health.Down(time.now(), result));
    }
    return this;
  }

  Command.SetOverride set(Target target, Action action, Duration... until) {
    Optional<Instant> end =
        until.length == 0 ? Optional.empty() : Optional.of(time.now().plus(until[0]));
    return new Command.SetOverride(
        new OperatorOverride(
            target, action, new Attribution("alice", time.now(), Optional.empty(), end)));
  }

  // ---- what is

  Inputs inputs() {
    return keeper().inputs();
  }

  PoolInputs inputs(PoolId pool) {
    PoolInputs found = inputs().pools().get(pool);
    if (found == null) {
      throw new AssertionError("pool: %s (expected: one of the inputs)".formatted(pool));
    }
    return found;
  }

  List<MemberId> members(PoolId pool) {
    return inputs(pool).pool().members().stream().map(CatalogMember::id).toList();
  }

  /** Kinds of events since the last call, in order. */
  List<String> told() {
    List<String> told = events.stream().map(e -> e.kind().wire()).toList();
    events.clear();
    return told;
  }

  long told(EventKind kind) {
    return events.stream().filter(e -> e.kind() == kind).count();
  }
}
