package dev.weir.app.run;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.SourceConfig.Need;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.model.Event;
import dev.weir.model.LastingPool;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceName;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool sets that run, and what is known of their pools. Each set's finder reports on a thread
 * of its own; one loop, {@link #run}, takes the reports and has the pools changed. Safe for any
 * thread.
 */
public final class PoolSets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PoolSets.class);
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final PoolSetStore store;
  private final Time time;
  private final Consumer<Event> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<News> news = new ArrayList<>(); // guarded by lock
  private final Map<String, RunningSet> sets = new LinkedHashMap<>(); // guarded by lock
  private boolean changing; // guarded by lock
  private final Set<RunningSet> unsaved = new LinkedHashSet<>(); // the loop's alone
  private volatile Map<String, PoolSetState> states = Map.of();

  private record News(RunningSet of, PoolsReport report) {}

  /** Who has the pools that the sets are made of. */
  public interface Owner {

    /** They are others now, or known now; what could not be taken is offered again soon. */
    Taken poolsChanged() throws InterruptedException;

    /** Those of these pools that the files of a proxy that carries them still name. */
    Set<PoolConfig> needed(List<PoolConfig> pools);
  }

  /** Whether pools were taken. */
  public enum Taken {
    YES,
    NOT_YET
  }

  private PoolSets(PoolSetStore store, Time time, Consumer<Event> events) {
    this.store = store;
    this.time = time;
    this.events = events;
  }

  /**
   * The sets of a configuration as a former run has left them; none of them runs yet.
   *
   * @param events told what becomes of them; never blocks
   */
  public static PoolSets open(
      List<PoolSetConfig<?, ?>> configured, PoolSetStore store, Time time, Consumer<Event> events)
      throws StoreException {
    PoolSets all = new PoolSets(store, time, events);
    Map<SourceName, List<LastingPool>> disk = new HashMap<>(store.loadPools());
    for (PoolSetConfig<?, ?> set : configured) {
      List<LastingPool> known = Optional.ofNullable(disk.remove(set.source())).orElse(List.of());
      all.sets.put(set.name(), new RunningSet(set, RunningSet.restored(set, known), time));
    }
    for (SourceName former : disk.keySet()) {
      store.dropPools(former);
    }
    all.publish();
    return all;
  }

  /** What is known of each set, by its name. */
  public Map<String, PoolSetState> states() {
    return states;
  }

  /** The pools of each set as they are now, by the set's name. */
  public Map<String, List<PoolConfig>> pools() {
    lock.lock();
    try {
      Map<String, List<PoolConfig>> pools = new HashMap<>();
      sets.forEach((name, set) -> pools.put(name, set.pools()));
      return pools;
    } finally {
      lock.unlock();
    }
  }

  /** Why not all pools are known that a proxy carries; absent when they are. */
  Optional<String> unknown(ProxyConfig<?, ?> proxy) {
    List<String> silent =
        proxy.sets().stream().map(ProxyConfig.SetCarriage::set).filter(this::silent).toList();
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "waits for the first report of pool set "
                + silent.stream().collect(Collectors.joining(", ")));
  }

  private boolean silent(String name) {
    lock.lock();
    try {
      RunningSet set = sets.get(name);
      return set != null && set.config().each().need() == Need.REQUIRED && !set.state().settled();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes these the sets: those that look for the same go on, the others are new and do not run
   * yet. No news is taken until the change is kept or undone.
   */
  Change configure(List<PoolSetConfig<?, ?>> wanted) {
    lock.lock();
    try {
      Change change = new Change();
      Map<String, RunningSet> former = new HashMap<>(sets);
      sets.clear();
      for (PoolSetConfig<?, ?> set : wanted) {
        Optional<RunningSet> was = Optional.ofNullable(former.get(set.name()));
        sets.put(
            set.name(),
            was.filter(runs -> runs.looksFor(set))
                .map(runs -> runs.with(set))
                .orElseGet(() -> RunningSet.after(was, set, time)));
      }
      changing = true;
      publish();
      return change;
    } finally {
      lock.unlock();
    }
  }

  /** A change of the sets; undone when it is closed and was not kept. One at a time. */
  final class Change implements AutoCloseable {

    private final Map<RunningSet, PoolSetConfig<?, ?>> former = new LinkedHashMap<>();

    private Change() {
      sets.values().forEach(set -> former.put(set, set.config()));
    }

    /** Ends the sets that are no more, and forgets those that no other has come in place of. */
    void keep() {
      List<RunningSet> over = new ArrayList<>(former.keySet());
      lock.lock();
      try {
        over.removeAll(sets.values());
        over.stream().filter(set -> !isConfigured(set)).forEach(PoolSets.this::forget);
        end();
      } finally {
        lock.unlock();
      }
      over.forEach(RunningSet::close);
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (changing) {
          sets.clear();
          former.forEach((set, config) -> sets.put(config.name(), set.with(config)));
          publish();
          end();
        }
      } finally {
        lock.unlock();
      }
    }

    private void end() {
      changing = false;
      arrived.signalAll();
    }
  }

  private boolean isConfigured(RunningSet set) {
    return sets.values().stream()
        .anyMatch(other -> other.config().source().equals(set.config().source()));
  }

  private void forget(RunningSet set) {
    try {
      store.dropPools(set.config().source());
    } catch (StoreException e) {
      LOG.warn("pool set {} is not forgotten on disk: {}", set.config().name(), e.getMessage());
    }
  }

  /** Starts the finders that do not run yet. */
  void startMissing() {
    lock.lock();
    try {
      sets.values().forEach(set -> set.start(report -> leave(set, report)));
    } finally {
      lock.unlock();
    }
  }

  private void leave(RunningSet set, PoolsReport report) {
    lock.lock();
    try {
      news.add(new News(set, report));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes reports, and what is due by time, until interrupted. */
  void run(Owner owner) throws InterruptedException {
    boolean pending = true; // whatever a loop before this one has left undone
    while (true) {
      if (step(owner) || pending) {
        pending = owner.poolsChanged() == Taken.NOT_YET;
      }
      await();
    }
  }

  /** Takes all news there is; tells whether the pools are others, or known, by it. */
  private boolean step(Owner owner) {
    List<Event> told = new ArrayList<>();
    Instant now = time.now();
    List<PoolConfig> over = take(now, told);
    Set<PoolConfig> needed = over.isEmpty() ? Set.of() : owner.needed(over);
    List<RunningSet> changed = settle(over, needed, now);
    told.forEach(events);
    unsaved.addAll(changed);
    unsaved.removeIf(this::save);
    return !changed.isEmpty();
  }

  /** Takes all news there is; tells which pools have lingered. */
  private List<PoolConfig> take(Instant now, List<Event> told) {
    List<PoolConfig> over = new ArrayList<>();
    lock.lock();
    try {
      if (changing) {
        return over;
      }
      for (News one : List.copyOf(news)) {
        if (sets.containsValue(one.of())) {
          one.of().take(one.report(), now, told);
        }
      }
      news.clear();
      for (RunningSet set : sets.values()) {
        set.tick(now, told);
        over.addAll(set.lingered(now));
      }
      return over;
    } finally {
      lock.unlock();
    }
  }

  /** Drops pools that have lingered and that nobody needs; tells which sets are others now. */
  private List<RunningSet> settle(List<PoolConfig> over, Set<PoolConfig> needed, Instant now) {
    lock.lock();
    try {
      if (changing) {
        return List.of(); // once that is done
      }
      for (RunningSet set : sets.values()) {
        if (set.lingered(now).stream().anyMatch(over::contains)) {
          set.drop(needed, now);
        }
      }
      publish();
      return sets.values().stream().filter(RunningSet::changed).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it could be stored, or is no more; it is tried again with the next step. */
  private boolean save(RunningSet set) {
    List<LastingPool> lasting;
    lock.lock();
    try {
      if (!sets.containsValue(set)) {
        return !changing;
      }
      lasting = set.lasting();
    } finally {
      lock.unlock();
    }
    try {
      store.savePools(set.config().source(), lasting);
      return true;
    } catch (StoreException e) {
      LOG.warn(
          "the pools of set {} cannot be stored, a restart would not know them: {}",
          set.config().name(),
          e.getMessage());
      return false;
    }
  }

  private void publish() {
    Map<String, PoolSetState> now = new LinkedHashMap<>();
    sets.forEach((name, set) -> now.put(name, set.state()));
    states = Map.copyOf(now);
  }

  private void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = time.now();
      Instant due = now.plus(IDLE);
      for (RunningSet set : sets.values()) {
        due = set.nextDue().filter(due::isAfter).orElse(due);
      }
      if (changing) {
        time.await(lock, arrived, IDLE);
      } else if (news.isEmpty() && due.isAfter(now)) {
        time.await(lock, arrived, Duration.between(now, due));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all finders; what is known stays. */
  @Override
  public void close() {
    List<RunningSet> all;
    lock.lock();
    try {
      all = List.copyOf(sets.values());
    } finally {
      lock.unlock();
    }
    all.forEach(RunningSet::close);
  }
}
