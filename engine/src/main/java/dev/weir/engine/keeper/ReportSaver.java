package dev.weir.engine.keeper;

import dev.weir.engine.catalog.PoolState;
import dev.weir.engine.run.Pulse;
import dev.weir.model.CatalogMember;
import dev.weir.model.Member;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.model.SourceState.LastGood;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each source's last good report to disk (and clears expired overrides there), off the hot
 * path and folded to once a second: the disk is for a start at which every source is dead, and a
 * second more or less does not matter then. Members that are held or wait for relief are written
 * with their source's report, so that a restart does not take what the guard did not, and so are
 * the last good answers for host names, as name servers may be dead as well. A report that is still
 * true is written anew every 15 minutes, so that its age on disk says how long its source has been
 * silent.
 */
final class ReportSaver implements Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(ReportSaver.class);
  private static final Duration FOLD = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  static final Duration RENEW = Duration.ofMinutes(15);

  private final CatalogStore store;
  private final StoredOverrides overrides;
  private final Time time;
  private final Map<SourceName, LastGood> handed = new HashMap<>(); // the keeper's thread only
  private Set<SourceName> kept = Set.of(); // the keeper's thread only
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SourceName, Optional<LastGood>> pending = new HashMap<>(); // guarded by lock
  private boolean failing; // the saving thread only

  ReportSaver(CatalogStore store, StoredOverrides overrides, Time time) {
    this.store = store;
    this.overrides = overrides;
    this.time = time;
  }

  /** Takes note of what a pool's sources say now. */
  void note(KeptPool pool, Instant now) {
    for (SourceBinding binding : pool.state().definition().sources()) {
      SourceState source = pool.state().sources().get(binding.name());
      if (source != null && source.heard()) {
        source.lastGood().ifPresent(good -> note(pool, source, good, now));
      }
    }
  }

  /**
   * Drops the reports of all other sources.
   *
   * @param configured the same instance as last time while nothing has changed
   */
  @SuppressWarnings("ReferenceEquality") // the same instance: nothing to do
  void keepOnly(Set<SourceName> configured) {
    if (configured == kept) {
      return;
    }
    kept = configured;
    Set<SourceName> former = new HashSet<>(handed.keySet());
    former.removeAll(configured);
    former.forEach(this::drop);
  }

  void drop(SourceName source) {
    handed.remove(source);
    hand(source, Optional.empty());
  }

  @Override
  public Optional<Duration> step() {
    Map<SourceName, Optional<LastGood>> unwritten = takePending();
    try {
      for (SourceName source : List.copyOf(unwritten.keySet())) {
        write(source, unwritten.getOrDefault(source, Optional.empty()));
        unwritten.remove(source);
      }
      overrides.dropExpired(time.now());
      failing = false;
      return Optional.of(FOLD);
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("what is known cannot be stored, a restart would know less: {}", e.getMessage());
      }
      failing = true;
      giveBack(unwritten);
      return Optional.of(AFTER_FAILURE);
    }
  }

  @Override
  public void end() {
    Optional<Duration> ignored = step();
  }

  private void note(KeptPool pool, SourceState source, LastGood good, Instant now) {
    List<Member> believed = believed(pool.state(), source.name(), good);
    LastGood before = handed.get(source.name());
    boolean renew =
        source.failure().isEmpty() && before != null && !before.at().plus(RENEW).isAfter(now);
    boolean same =
        before != null
            && before.members().equals(believed)
            && before.resolved().equals(pool.resolved());
    if (renew || !same) {
      Instant at = source.failure().isEmpty() ? now : good.at();
      LastGood report = new LastGood(believed, at, false, pool.resolved());
      handed.put(source.name(), report);
      hand(source.name(), Optional.of(report));
    }
  }

  private static List<Member> believed(PoolState pool, SourceName source, LastGood good) {
    List<Member> believed = new ArrayList<>(good.members());
    for (CatalogMember member : pool.pool().members()) {
      boolean guarded =
          member.presence() instanceof Presence.Held
              || member.presence() instanceof Presence.Outgoing;
      if (guarded && !member.sources().isEmpty() && member.sources().getFirst().equals(source)) {
        believed.add(member.member());
      }
    }
    return believed.stream().sorted().toList();
  }

  private void hand(SourceName source, Optional<LastGood> report) {
    lock.lock();
    try {
      pending.put(source, report);
    } finally {
      lock.unlock();
    }
  }

  private Map<SourceName, Optional<LastGood>> takePending() {
    lock.lock();
    try {
      Map<SourceName, Optional<LastGood>> taken = new HashMap<>(pending);
      pending.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** What could not be written is tried again, unless something newer has come. */
  private void giveBack(Map<SourceName, Optional<LastGood>> unwritten) {
    lock.lock();
    try {
      unwritten.forEach(pending::putIfAbsent);
    } finally {
      lock.unlock();
    }
  }

  private void write(SourceName source, Optional<LastGood> report) throws StoreException {
    if (report.isPresent()) {
      store.saveReport(source, report.get());
    } else {
      store.dropReport(source);
    }
  }
}
