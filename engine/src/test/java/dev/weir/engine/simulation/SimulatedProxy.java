package dev.weir.engine.simulation;

import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.Reconciler;
import dev.weir.engine.resolve.Resolver;
import dev.weir.engine.run.Latest;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.testkit.Faults;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeProxy;
import dev.weir.testkit.fake.FakeProxy.Switch;
import dev.weir.testkit.fake.FakeProxyDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A proxy in memory and the reconciler that cares for it, both of which may come and go. */
final class SimulatedProxy {
  final ProxyName name;
  final List<PoolId> pools;
  final FakeProxy process = new FakeProxy();
  private final FakeProxyDriver.Updates updates;
  private final ManualTime time;
  private final Faults faults = new Faults();
  private Latest<Inputs> inbox;
  private Optional<Reconciler> reconciler = Optional.empty();
  private Map<Endpoint, ServerState> adopted = Map.of();
  private long dueNanos;
  private boolean tampered;

  SimulatedProxy(
      ProxyName name, List<PoolId> pools, FakeProxyDriver.Updates updates, ManualTime time) {
    this.name = name;
    this.pools = pools;
    this.updates = updates;
    this.time = time;
    this.inbox = new Latest<>(time);
  }

  /** Weir begins to care for it. */
  void begin(Dice dice, Consumer<Event> events) {
    faults.calm();
    inbox = new Latest<>(time);
    Resolver resolver = new Resolver();
    Reconciler.Means means =
        new Reconciler.Means(
            time,
            dice.random(),
            (inputs, ids, served) -> {
              adopted = served;
              return resolver.resolve(inputs, ids, served);
            },
            events);
    reconciler =
        Optional.of(
            new Reconciler(
                Proxy.of(name, "fake", pools, Mode.FULL),
                means,
                inbox,
                new WatchedDriver(
                    new FakeProxyDriver(process, updates, time, faults), this::lookedAt)));
    dueNanos = time.nanos();
  }

  private void lookedAt(Set<PoolId> looked) {
    if (looked.containsAll(pools)) {
      tampered = false;
    }
  }

  Latest<Inputs> inbox() {
    return inbox;
  }

  Reconciler reconciler() {
    return reconciler.orElseThrow();
  }

  boolean ready() {
    return dueNanos <= time.nanos() || inbox.peekNow().isPresent();
  }

  long dueNanos() {
    return dueNanos;
  }

  void step() throws InterruptedException {
    Duration wait = reconciler().step();
    dueNanos = time.nanos() + wait.toNanos();
  }

  /** What it shall run by these inputs, resolved from scratch. */
  DesiredState wanted(Inputs inputs) {
    return new Resolver().resolve(inputs, pools, adopted);
  }

  /** The servers that take traffic, in the running process. */
  Set<String> serving(PoolId pool) {
    Map<String, ServerState> states = new TreeMap<>(process.states(pool));
    states.values().removeIf(state -> state != ServerState.READY);
    return states.keySet();
  }

  /** Somebody has had a hand in it since its reconciler last looked at all of it. */
  boolean tampered() {
    return tampered;
  }

  // ---- what may happen to it; each says what it did

  String mischief(Dice dice) {
    return switch (dice.between(1, 10)) {
      case 1 -> stop();
      case 2, 3 -> start();
      case 4 -> reachable(dice);
      case 5 -> reloads(dice);
      case 6 -> ownConfiguration(dice);
      case 7 -> loseSignals(dice);
      case 8 -> tamperWithServers(dice);
      case 9 -> tamperWithFile(dice);
      default -> fault(dice);
    };
  }

  private String stop() {
    process.stop();
    tampered = true;
    return name + " is stopped";
  }

  private String start() {
    process.start();
    tampered = true;
    return name + " is started";
  }

  private String reachable(Dice dice) {
    Switch on = dice.in100(50) ? Switch.ON : Switch.OFF;
    process.reachable(on);
    return name + " reachable: " + on;
  }

  private String reloads(Dice dice) {
    Switch broken = dice.in100(50) ? Switch.ON : Switch.OFF;
    process.reloadBroken(broken);
    return name + " reload broken: " + broken;
  }

  private String ownConfiguration(Dice dice) {
    Switch broken = dice.in100(30) ? Switch.ON : Switch.OFF;
    process.ownConfigurationBroken(broken);
    return name + " own configuration broken: " + broken;
  }

  private String loseSignals(Dice dice) {
    int count = dice.between(1, 2);
    process.loseSignals(count);
    return name + " loses signals: " + count;
  }

  /** Somebody has a hand in it. */
  String tamper(Dice dice) {
    return dice.in100(50) ? tamperWithServers(dice) : tamperWithFile(dice);
  }

  private String tamperWithServers(Dice dice) {
    PoolId pool = dice.pick(pools);
    List<DesiredMember> members =
        reconciler()
            .status()
            .desired()
            .flatMap(state -> state.pool(pool))
            .map(DesiredPool::members)
            .orElse(List.of());
    if (members.isEmpty()) {
      return "nothing to tamper with in " + name;
    }
    DesiredMember member = dice.pick(members);
    tampered = true;
    String command =
        dice.in100(50)
            ? "del %s %s".formatted(pool, member.name())
            : "set %s %s %s %s 7 active"
                .formatted(
                    pool,
                    member.name(),
                    member.endpoint(),
                    dice.pick(List.of("ready", "drain", "maint")));
    return "%s by hand: %s %s".formatted(name, command, process.command(command));
  }

  private String tamperWithFile(Dice dice) {
    Optional<String> text = process.file();
    if (text.isEmpty()) {
      return "no file to tamper with in " + name;
    }
    tampered = true;
    List<String> lines = new ArrayList<>(text.get().lines().toList());
    lines.removeIf(line -> line.startsWith("server ") && dice.in100(50));
    process.write(String.join("\n", lines) + "\n");
    boolean reload = dice.in100(50);
    if (reload) {
      process.reload();
    }
    return "%s: file edited by hand%s".formatted(name, reload ? " and reloaded" : "");
  }

  private String fault(Dice dice) {
    Faults.Kind kind = dice.in100(70) ? Faults.Kind.FAIL : Faults.Kind.KILL;
    int n = dice.between(1, 6);
    faults.arm(kind, n);
    return "%s: %s at effect %d from now".formatted(name, kind, n);
  }

  /** All that ails it ends. */
  void heal() {
    faults.calm();
    tampered = true;
    process
        .reachable(Switch.ON)
        .reloadBroken(Switch.OFF)
        .ownConfigurationBroken(Switch.OFF)
        .loseSignals(0)
        .start();
  }
}
