package dev.weir.engine.simulation;

import dev.weir.engine.health.ScriptedProbe;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.Author;
import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceName;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import dev.weir.testkit.Faults;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A world made of dice with Weir in it. Whoever has something to do does it in an order that the
 * dice decide; in between, things happen to sources, members, proxies, the disk, and Weir itself.
 */
final class World {
  private static final int REMEMBERED = 60;
  private static final Duration QUIET = Duration.ofMinutes(3);
  private static final Duration RESYNC = Duration.ofSeconds(40);

  private final ManualTime time = new ManualTime();
  private final Dice dice;
  private final FakeStore store = new FakeStore();
  private final ScriptedProbe network = new ScriptedProbe(time);
  private Scenery scenery;
  private final Set<Endpoint> everywhere = new TreeSet<>();
  private final Invariants invariants;
  private final Deque<String> story = new ArrayDeque<>();
  private SimulatedWeir weir;

  World(long seed) throws StoreException {
    this.dice = new Dice(seed);
    this.scenery = Scenery.of(dice, time);
    scenery.endpoints().forEach(everywhere::addAll);
    this.invariants = new Invariants(everywhere, scenery.sources());
    this.weir = new SimulatedWeir(scenery, dice, network, store, time);
  }

  /** The last things that happened, oldest first. */
  String story() {
    return String.join("\n", story);
  }

  /** Lets things happen. */
  void live(int happenings) throws InterruptedException, StoreException {
    for (int i = 0; i < happenings; i++) {
      tell(happening());
      pass(dice.upTo(dice.in100(70) ? Duration.ofMillis(50) : Duration.ofSeconds(8)));
    }
  }

  /**
   * All trouble ends and nothing changes any more; then everything must come to rest, rightly, and
   * once more after somebody had a hand in every proxy.
   */
  void comeToRest() throws InterruptedException, StoreException {
    tell("all trouble ends");
    store.disk().free();
    scenery.proxies().forEach(SimulatedProxy::heal);
    scenery.sources().forEach(source -> source.reachable(SimulatedSource.Reach.YES));
    for (Endpoint endpoint : everywhere) {
      if (network.answer(endpoint) == Kind.CONNECT_TIMEOUT) {
        network.answer(endpoint, Kind.OK);
      }
    }
    pass(QUIET);
    new Rest(scenery, weir.keeper().inputs(), network).check();
    scenery.proxies().forEach(proxy -> tell(proxy.tamper(dice)));
    pass(RESYNC);
    new Rest(scenery, weir.keeper().inputs(), network).check();
  }

  private void tell(String what) {
    story.addLast("%10.3f s  %s".formatted(time.nanos() / 1e9, what));
    if (story.size() > REMEMBERED) {
      story.removeFirst();
    }
  }

  // ---- time passes

  /** Whoever has something to do does it, until the time is over. */
  private void pass(Duration duration) throws InterruptedException, StoreException {
    long end = time.nanos() + duration.toNanos();
    while (true) {
      List<Act> ready = ready();
      if (!ready.isEmpty()) {
        act(dice.pick(ready));
      } else if (time.nanos() >= end) {
        return;
      } else {
        long next = Math.min(nextDue(), end);
        time.advance(Duration.ofNanos(Math.max(0, next - time.nanos())));
      }
    }
  }

  private interface Act {
    void go() throws InterruptedException;
  }

  private void act(Act it) throws InterruptedException, StoreException {
    try {
      it.go();
    } catch (Faults.Killed killed) {
      tell("Weir was killed: " + killed.getMessage());
      restart();
    }
  }

  private List<Act> ready() {
    List<Act> ready = new ArrayList<>();
    if (weir.keeperReady()) {
      ready.add(this::stepKeeper);
    }
    if (weir.pulseReady()) {
      ready.add(weir::stepPulse);
    }
    for (SimulatedProxy proxy : scenery.proxies()) {
      if (proxy.ready()) {
        ready.add(() -> reconcile(proxy));
      }
    }
    for (SimulatedSource source : scenery.sources()) {
      if (source.hasNews()) {
        ready.add(() -> weir.hear(source));
      }
    }
    return ready;
  }

  private long nextDue() {
    long next = Math.min(weir.keeperDueNanos(), weir.nextPulseNanos());
    for (SimulatedProxy proxy : scenery.proxies()) {
      next = Math.min(next, proxy.dueNanos());
    }
    return next;
  }

  private void stepKeeper() {
    weir.stepKeeper();
    invariants.afterKeeper(weir.keeper().inputs(), time.now());
  }

  private void reconcile(SimulatedProxy proxy) throws InterruptedException {
    Map<PoolId, Set<String>> before = Invariants.serving(proxy);
    Optional<ProxyStatus.LastOutcome> last = proxy.reconciler().status().last();
    proxy.step();
    if (!proxy.reconciler().status().last().equals(last)) {
      tell("%s: %s".formatted(proxy.name, proxy.reconciler().status().sync()));
    }
    Invariants.afterReconciler(proxy, before);
  }

  private void restart() throws StoreException {
    store.disk().free();
    invariants.forget();
    weir = new SimulatedWeir(scenery, dice, network, store, time);
  }

  // ---- things happen

  private String happening() throws StoreException {
    return switch (dice.between(1, 20)) {
      case 1, 2, 3, 4, 5 -> toSource(dice.pick(scenery.sources()));
      case 6, 7, 8, 9, 10 -> toMember();
      case 11, 12, 13 -> command();
      case 14, 15, 16, 17 -> dice.pick(scenery.proxies()).mischief(dice);
      case 18 -> toDisk();
      case 19 -> toNetwork();
      default -> dice.in100(50) ? toWeir() : toConfiguration();
    };
  }

  private List<Endpoint> endpointsOf(PoolId pool) {
    int at =
        IntStream.range(0, scenery.pools().size())
            .filter(i -> scenery.pools().get(i).id().equals(pool))
            .findFirst()
            .orElseThrow();
    return scenery.endpoints().get(at);
  }

  private String toSource(SimulatedSource source) {
    List<Endpoint> all = endpointsOf(source.pool);
    Endpoint one = dice.pick(all);
    switch (dice.between(1, 9)) {
      case 1, 2 -> source.add(one);
      case 3 -> source.remove(one);
      case 4 -> source.end(one);
      case 5 -> source.list(dice.some(all));
      case 6 -> source.list(List.of());
      case 7 -> source.reachable(SimulatedSource.Reach.NO);
      case 8 -> source.drain(one, dice.pick(List.of(Condition.values())));
      default -> source.reachable(SimulatedSource.Reach.YES);
    }
    return "%s lists %s".formatted(source.name, source);
  }

  private String toMember() {
    Endpoint endpoint = dice.pick(List.copyOf(everywhere));
    Kind kind = dice.in100(50) ? Kind.OK : dice.pick(List.of(Kind.values()));
    network.answer(endpoint, kind);
    return "%s answers %s".formatted(endpoint, kind);
  }

  private String toNetwork() {
    Kind kind = dice.pick(List.of(Kind.OK, Kind.OK, Kind.CONNECT_TIMEOUT, Kind.REFUSED));
    everywhere.forEach(endpoint -> network.answer(endpoint, kind));
    return "everybody answers " + kind;
  }

  private String toDisk() {
    if (dice.in100(30)) {
      store.disk().fill();
      return "the disk is full";
    }
    store.disk().free();
    return "the disk has room";
  }

  private String toWeir() throws StoreException {
    if (dice.in100(40)) {
      restart();
      return "Weir is started anew";
    }
    return "nothing";
  }

  private String toConfiguration() {
    PoolDefinition old = dice.pick(scenery.pools());
    scenery = scenery.with(new PoolDefinition(old.id(), Scenery.policy(dice), old.sources()));
    invariants.forget();
    return weir.reconfigure(scenery.pools());
  }

  // ---- commands

  private String command() {
    PoolDefinition pool = dice.pick(scenery.pools());
    MemberId member = new MemberId(pool.id(), dice.pick(endpointsOf(pool.id())));
    Command command =
        switch (dice.between(1, 6)) {
          case 1 -> new Command.Release(pool.id(), Author.of("dice"));
          case 2 -> new Command.Deny(pool.id(), Author.of("dice"));
          case 3, 4 ->
              new Command.ClearOverride(
                  new Target.One(member),
                  dice.pick(List.of(OperatorOverride.Slot.values())),
                  Author.of("dice"));
          default -> new Command.SetOverride(override(member));
        };
    try {
      weir.keeper().enqueue(command);
      weir.newsForKeeper();
      if (command instanceof Command.Release) {
        invariants.released(pool.id());
      }
      return "command: " + command;
    } catch (Refused | StoreException e) {
      return "command %s was refused: %s".formatted(command, e.getMessage());
    }
  }

  private OperatorOverride override(MemberId member) {
    OperatorOverride.Action action =
        switch (dice.between(1, 6)) {
          case 1 ->
              new OperatorOverride.Add(Member.of(member, SourceName.of(member.pool(), "operator")));
          case 2 -> new OperatorOverride.Remove();
          case 3 -> new OperatorOverride.Disable();
          case 4 -> new OperatorOverride.Drain();
          default -> new OperatorOverride.Weight(dice.between(1, 256));
        };
    boolean one = action instanceof OperatorOverride.Add || dice.in100(80);
    Target target =
        one ? new Target.One(member) : new Target.InPool(member.pool(), new TreeMap<>());
    Optional<Duration> lasts =
        dice.in100(60) ? Optional.of(Duration.ofSeconds(dice.between(1, 60))) : Optional.empty();
    return new OperatorOverride(
        target,
        action,
        new OperatorOverride.Attribution(
            "dice", time.now(), Optional.empty(), lasts.map(time.now()::plus)));
  }
}
