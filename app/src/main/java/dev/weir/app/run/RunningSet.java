package dev.weir.app.run;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.engine.catalog.PoolSetFold;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.catalog.PoolSetState.Known;
import dev.weir.engine.catalog.PoolSetState.Naming;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Event;
import dev.weir.model.LastingPool;
import dev.weir.model.PoolsReport;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One pool set, what finds its pools, and what is known of them. Its owner guards it. */
final class RunningSet implements AutoCloseable {

  /** How soon the files of proxies are looked at again for a pool that has lingered. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private PoolSetConfig<?, ?> config;
  private PoolSetState state;
  private PoolSetState taken;
  private Instant nextLook = Instant.MIN;

  /** Since when its pools are those of another set; absent once it has reported, or without any. */
  private Optional<Instant> inherited = Optional.empty();

  private final TaskGroup task;
  private final Time time;
  private boolean started;

  RunningSet(PoolSetConfig<?, ?> config, PoolSetState state, Time time) {
    this.config = config;
    this.state = state;
    this.taken = state;
    this.time = time;
    OnDeath restart = new OnDeath.Restart(new SplittableRandom(config.hashCode()));
    this.task = new TaskGroup("pool set " + config.name(), restart, time);
  }

  /** What a former run has left of a set. */
  static PoolSetState restored(PoolSetConfig<?, ?> config, List<LastingPool> known) {
    SortedMap<String, Known> pools = new TreeMap<>();
    for (LastingPool pool : known) {
      Naming naming = pool.goneSince().<Naming>map(Naming.Gone::new).orElseGet(Naming.Named::new);
      pools.put(pool.found().key(), new Known(pool.found(), naming));
    }
    return PoolSetState.start(config.source(), pools);
  }

  /**
   * A set in place of another of its name that looked for something else: the pools of that one may
   * linger from its first report on, unless they are found again.
   */
  static RunningSet after(Optional<RunningSet> former, PoolSetConfig<?, ?> config, Time time) {
    Instant now = time.now();
    SortedMap<String, Known> pools = new TreeMap<>();
    former
        .filter(was -> was.config.source().equals(config.source()))
        .ifPresent(was -> pools.putAll(was.state.pools()));
    pools.replaceAll((key, known) ->
        known.naming() instanceof Naming.Gone
            ? known
            : new Known(known.found(), new Naming.Gone(now)));
    RunningSet set = new RunningSet(config, PoolSetState.start(config.source(), pools), time);
    set.inherited = Optional.of(now);
    return set;
  }

  PoolSetConfig<?, ?> config() {
    return config;
  }

  PoolSetState state() {
    return state;
  }

  /** Whether another configuration of the set looks for the same. */
  boolean looksFor(PoolSetConfig<?, ?> other) {
    return config.each().equals(other.each());
  }

  /** The same configured anew. */
  RunningSet with(PoolSetConfig<?, ?> other) {
    config = other;
    return this;
  }

  /** The pools that there are. */
  List<PoolConfig> pools() {
    List<PoolConfig> pools = new ArrayList<>();
    state.pools().values().forEach(known -> pools.add(config.pool(known.found())));
    return pools;
  }

  List<LastingPool> lasting() {
    return state.pools().values().stream()
        .map(known ->
            new LastingPool(
                known.found(),
                known.naming() instanceof Naming.Gone(Instant since)
                    ? Optional.of(since)
                    : Optional.empty()))
        .toList();
  }

  /** Starts the finder, unless it runs. */
  void start(PoolFinder.Sink sink) {
    if (!started) {
      started = true;
      PoolSetConfig<?, ?> first = config;
      task.start("pool set " + config.name(), () -> first.open(time).watch(sink));
    }
  }

  void take(PoolsReport report, Instant now, List<Event> told) {
    if (report instanceof PoolsReport.Complete) {
      inherited.ifPresent(since -> state = PoolSetFold.lingerAnew(state, since, now));
      inherited = Optional.empty();
    }
    take(PoolSetFold.report(state, report, config.care(), now), told);
  }

  /** Does what is due by time alone. */
  void tick(Instant now, List<Event> told) {
    take(PoolSetFold.tick(state, now), told);
  }

  /** Pools that have lingered, when it is time to look whether anybody needs them. */
  List<PoolConfig> lingered(Instant now) {
    return nextLook.isAfter(now) ? List.of() : List.copyOf(over(now).values());
  }

  /** Drops the pools that have lingered, but for those that somebody needs. */
  void drop(Set<PoolConfig> needed, Instant now) {
    SortedMap<String, PoolConfig> over = over(now);
    over.values().removeIf(needed::contains);
    state = PoolSetFold.drop(state, over.keySet());
    nextLook = now.plus(LOOK_AGAIN);
  }

  private SortedMap<String, PoolConfig> over(Instant now) {
    SortedMap<String, PoolConfig> over = new TreeMap<>();
    for (String key : PoolSetFold.lingered(state, config.care(), now)) {
      Optional.ofNullable(state.pools().get(key))
          .ifPresent(known -> over.put(key, config.pool(known.found())));
    }
    return over;
  }

  private void take(PoolSetFold.Result result, List<Event> told) {
    state = result.state();
    told.addAll(result.events());
  }

  /** Whether its pools are others, or known, since this was last asked. */
  boolean changed() {
    boolean changed = !state.pools().equals(taken.pools()) || state.settled() != taken.settled();
    taken = state;
    return changed;
  }

  /** When time alone will change something; absent when it will not. */
  Optional<Instant> nextDue() {
    return PoolSetFold.nextDue(state, config.care())
        .map(due -> due.isBefore(nextLook) ? nextLook : due);
  }

  @Override
  public void close() {
    task.close();
  }
}
