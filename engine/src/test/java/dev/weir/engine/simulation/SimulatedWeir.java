package dev.weir.engine.simulation;

import dev.weir.engine.health.Check;
import dev.weir.engine.health.Prober;
import dev.weir.engine.health.ScriptedProbe;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Mailbox;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.keeper.Seams;
import dev.weir.engine.run.SteppedRunner;
import dev.weir.model.Event;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One life of Weir: from a start with what the disk has, to a crash that leaves only the disk. */
final class SimulatedWeir {
  private final ManualTime time;
  private final Mailbox mailbox;
  private final SteppedRunner runner;
  private final Keeper keeper;
  private long dueNanos;
  private final Prober prober;
  private final ScriptedProbe network;
  private boolean newsForKeeper = true;

  SimulatedWeir(Scenery scenery, Dice dice, ScriptedProbe network, FakeStore store, ManualTime time)
      throws StoreException {
    Consumer<Event> events = event -> {};
    this.time = time;
    this.mailbox = new Mailbox(time);
    this.runner = new SteppedRunner(time, dice.random());
    this.network = network;
    this.prober =
        new Prober(new Prober.Means(time, dice.random(), runner, network, events), mailbox);
    prober.configure(checks(scenery.pools(), network));
    Seams seams =
        new Seams(
            mailbox,
            time,
            prober,
            events,
            new Seams.Stores(store, store),
            name -> List.of(),
            runner);
    this.keeper = Keeper.open(seams, scenery.pools());
    for (SimulatedProxy proxy : scenery.proxies()) {
      proxy.begin(dice, events);
      keeper.subscribe(proxy.inbox());
    }
    scenery.sources().forEach(SimulatedSource::askAnew);
  }

  private static Map<PoolId, Check> checks(List<PoolDefinition> pools, ScriptedProbe network) {
    Map<PoolId, Check> checks = new HashMap<>();
    for (PoolDefinition pool : pools) {
      pool.policy().check().ifPresent(policy -> checks.put(pool.id(), new Check(network, policy)));
    }
    return checks;
  }

  /** As on a signal to read the configuration again; what it says. */
  String reconfigure(List<PoolDefinition> pools) {
    prober.configure(checks(pools, network));
    newsForKeeper = true;
    try {
      keeper.enqueue(new Command.Reconfigure(pools));
      return "configured: " + pools;
    } catch (Refused | StoreException e) {
      throw new AssertionError(e);
    }
  }

  Keeper keeper() {
    return keeper;
  }

  void hear(SimulatedSource source) {
    mailbox.sink(source.name).report(source.speak());
    newsForKeeper = true;
  }

  boolean keeperReady() {
    return newsForKeeper || dueNanos <= time.nanos();
  }

  void stepKeeper() {
    newsForKeeper = false;
    Duration rest = keeper.step();
    dueNanos = time.nanos() + Math.max(0, rest.toNanos());
  }

  /** Something was left in the keeper's mailbox. */
  void newsForKeeper() {
    newsForKeeper = true;
  }

  boolean pulseReady() {
    return nextPulseNanos() <= time.nanos();
  }

  void stepPulse() {
    runner.stepOne();
    newsForKeeper = true;
  }

  long keeperDueNanos() {
    return dueNanos;
  }

  long nextPulseNanos() {
    return runner.nextDueNanos().orElse(Long.MAX_VALUE);
  }
}
