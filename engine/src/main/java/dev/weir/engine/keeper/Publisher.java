package dev.weir.engine.keeper;

import static java.util.stream.Collectors.toSet;

import dev.weir.engine.run.Latest;
import dev.weir.model.Inputs;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes inputs of the keeper's state and hands them on. Pools in which nothing changed keep their
 * instances; where nothing changed at all, nothing is handed on and no generation is used up.
 */
final class Publisher {
  private final Generations generations;
  private final Resolutions resolutions = new Resolutions();
  private final ReentrantLock handing = new ReentrantLock();
  private final List<Latest<Inputs>> readers = new ArrayList<>(); // guarded by handing
  private final Map<PoolId, PoolInputs> published = new HashMap<>(); // the keeper's thread only
  private final Map<SourceName, SourceState> sources = new HashMap<>(); // the keeper's thread only
  private Set<SourceName> configured = Set.of(); // the keeper's thread only
  private final Map<PoolId, PoolNews> news = new HashMap<>(); // the keeper's thread only
  private volatile Inputs inputs; // written by the keeper's thread

  Publisher(Generations generations) {
    this.generations = generations;
    this.inputs = new Inputs(generations.next(), false, Map.of(), Map.of());
  }

  Inputs inputs() {
    return inputs;
  }

  Resolutions resolutions() {
    return resolutions;
  }

  /** Hands the inputs to this reader from now on, those of now at once. */
  void add(Latest<Inputs> reader) {
    handing.lock();
    try {
      readers.add(reader);
      reader.put(inputs);
    } finally {
      handing.unlock();
    }
  }

  void remove(Latest<Inputs> reader) {
    handing.lock();
    try {
      readers.remove(reader);
    } finally {
      handing.unlock();
    }
  }

  /** One at a time with {@link #add}, lest a new reader be left with inputs older than these. */
  private void hand(Inputs next) {
    handing.lock();
    try {
      inputs = next;
      readers.forEach(reader -> reader.put(next));
    } finally {
      handing.unlock();
    }
  }

  /**
   * Ends a round.
   *
   * @param started whether the first checks are in, or waited for long enough
   */
  void publish(Pools pools, Map<String, InetAddress> answers, boolean started, Round round) {
    boolean changed = started != inputs.started();
    boolean aged = false;
    for (KeptPool pool : pools.all()) {
      if (pool.touched()) {
        changed |= settle(pool, answers);
        for (SourceState source : states(pool)) {
          SourceState before = sources.put(source.name(), source);
          changed |= differ(before, source);
          aged |= !source.equals(before);
        }
      }
    }
    changed |= forget(pools);
    if (changed) {
      Inputs next = new Inputs(generations.next(), started, published, sources);
      Inputs before = inputs;
      hand(next);
      tell(pools, before, next, round);
    } else if (aged) {
      // only ages and wording: shown to people, but no reason to wake anybody
      inputs = new Inputs(inputs.generation(), started, published, sources);
    }
  }

  private boolean settle(KeptPool pool, Map<String, InetAddress> answers) {
    PoolInputs next = pool.settle(answers);
    PoolInputs before = published.get(next.id());
    if (next.equals(before)) {
      return false;
    }
    published.put(next.id(), next);
    return true;
  }

  /**
   * What the change means for each pool; after the readers have it, as none of them waits for it.
   */
  @SuppressWarnings("ReferenceEquality") // unchanged pools keep their instances
  private void tell(Pools pools, Inputs before, Inputs next, Round round) {
    if (!next.started()) {
      return; // thousands of first conclusions, and nobody is told yet what they amount to
    }
    for (KeptPool pool : pools.all()) {
      PoolId id = pool.state().id();
      PoolInputs now = next.pools().get(id);
      boolean settled = next.settled(id);
      boolean knownNow = !before.started() || settled != before.settled(id);
      if (now != null && (knownNow || now != before.pools().get(id))) {
        PoolNews of = news.computeIfAbsent(id, ignored -> new PoolNews(resolutions));
        of.take(now, round, settled);
        pool.serves(of.ready());
      }
    }
  }

  /** Drops pools and sources that are configured no more. */
  @SuppressWarnings("ReferenceEquality") // the same instance: nothing was configured anew
  private boolean forget(Pools pools) {
    if (pools.sources() == configured) {
      return false;
    }
    configured = pools.sources();
    Set<PoolId> ids = pools.all().stream().map(pool -> pool.state().id()).collect(toSet());
    news.keySet().retainAll(ids);
    resolutions.keepOnly(ids);
    boolean fewerSources = sources.keySet().retainAll(configured);
    return published.keySet().retainAll(ids) || fewerSources;
  }

  private static List<SourceState> states(KeptPool pool) {
    return pool.state().definition().sources().stream()
        .map(SourceBinding::name)
        .flatMap(name -> Stream.ofNullable(pool.state().sources().get(name)))
        .toList();
  }

  private static boolean differ(@Nullable SourceState before, SourceState now) {
    return before == null
        || before.heard() != now.heard()
        || before.lastGood().isPresent() != now.lastGood().isPresent()
        || before.failure().isPresent() != now.failure().isPresent();
  }
}
