package dev.weir.engine.health;

import dev.weir.engine.run.Timings;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of all probes since the start, for metrics. Safe for any thread. */
public final class ProbeMeters {
  private final Map<PoolId, Pool> pools = new ConcurrentHashMap<>();
  private final Timings lateness = new Timings();

  /** What was counted, per pool that has a check or had one. */
  public SortedMap<PoolId, Pool> pools() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(pools));
  }

  /** How much later than planned probes began. */
  public Timings lateness() {
    return lateness;
  }

  Pool of(PoolId pool) {
    return pools.computeIfAbsent(pool, ignored -> new Pool());
  }

  /** The counters of one pool. */
  public static final class Pool {
    private final Map<ProbeResult.Kind, LongAdder> results = new EnumMap<>(ProbeResult.Kind.class);
    private final Timings durations = new Timings();
    private final LongAdder ups = new LongAdder();
    private final LongAdder downs = new LongAdder();

    private Pool() {
      for (ProbeResult.Kind kind : ProbeResult.Kind.values()) {
        results.put(kind, new LongAdder());
      }
    }

    /** How many probes ended like this. */
    public long results(ProbeResult.Kind kind) {
      return adder(kind).sum();
    }

    /** How long the probes took. */
    public Timings durations() {
      return durations;
    }

    /** How often a member was concluded to be up, the first time included. */
    public long ups() {
      return ups.sum();
    }

    /** How often a member was concluded to be down. */
    public long downs() {
      return downs.sum();
    }

    void count(ProbeResult result) {
      adder(result.kind()).increment();
      durations.add(result.took());
    }

    void countUp() {
      ups.increment();
    }

    void countDown() {
      downs.increment();
    }

    private LongAdder adder(ProbeResult.Kind kind) {
      LongAdder adder = results.get(kind);
      if (adder == null) {
        throw new IllegalStateException("every kind has its counter");
      }
      return adder;
    }
  }
}
