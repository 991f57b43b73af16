package dev.weir.testkit.fake;

import dev.weir.model.AccessToken;
import dev.weir.model.Job;
import dev.weir.model.LastingPool;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.model.Target;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.EventStore;
import dev.weir.spi.JobStore;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.PauseStore;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.TokenStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A store on a pretended disk; every write is durable at once or refused. Safe for any thread. */
public final class FakeStore
    implements OverrideStore,
        CatalogStore,
        EventStore,
        ConfigurationStore,
        PauseStore,
        RevisionStore,
        TokenStore,
        PoolSetStore,
        JobStore {

  private final FakeDisk disk;

  /** A store on an empty disk of its own. */
  public FakeStore() {
    this(new FakeDisk());
  }

  /** The store that lies on this disk. */
  public FakeStore(FakeDisk disk) {
    this.disk = disk;
  }

  /** The disk, to fill or damage it. */
  public FakeDisk disk() {
    return disk;
  }

  @Override
  public List<OperatorOverride> load() throws StoreException {
    return disk.read(content -> List.copyOf(content.overrides));
  }

  @Override
  public void change(List<Change> changes) throws StoreException {
    disk.write(content -> {
      for (Change change : changes) {
        switch (change) {
          case Change.Set set -> {
            OperatorOverride override = set.override();
            content.overrides.removeIf(other -> isAt(other, override.target(), override.slot()));
            content.overrides.add(override);
          }
          case Change.Clear clear ->
              content.overrides.removeIf(other -> isAt(other, clear.target(), clear.slot()));
        }
      }
    });
  }

  private static boolean isAt(
      OperatorOverride override, Target target, OperatorOverride.Slot slot) {
    return override.target().equals(target) && override.slot() == slot;
  }

  @Override
  public Map<SourceName, LastGood> loadReports() throws StoreException {
    return disk.read(content -> Map.copyOf(content.reports));
  }

  @Override
  public void saveReport(SourceName source, LastGood report) throws StoreException {
    disk.write(content -> content.reports.put(source, report.restored()));
  }

  @Override
  public void dropReport(SourceName source) throws StoreException {
    disk.write(content -> content.reports.remove(source));
  }

  @Override
  public Map<SourceName, List<LastingPool>> loadPools() throws StoreException {
    return disk.read(content -> Map.copyOf(content.poolSets));
  }

  @Override
  public void savePools(SourceName set, List<LastingPool> pools) throws StoreException {
    disk.write(content -> content.poolSets.put(set, List.copyOf(pools)));
  }

  @Override
  public void dropPools(SourceName set) throws StoreException {
    disk.write(content -> content.poolSets.remove(set));
  }

  @Override
  public long reserveGenerations(int count) throws StoreException {
    AtomicLong first = new AtomicLong();
    disk.write(content -> {
      first.set(content.generations + 1);
      content.generations += count;
    });
    return first.get();
  }

  @Override
  public void append(List<Stored> events) throws StoreException {
    long newest = newestEvent();
    for (Stored stored : events) {
      if (stored.id() <= newest) {
        throw new StoreException("event %d (expected: above %d)".formatted(stored.id(), newest));
      }
      newest = stored.id();
    }
    disk.write(content -> events.forEach(one -> content.events.put(one.id(), one.event())));
  }

  @Override
  public List<Stored> eventsAfter(long after, int limit) throws StoreException {
    return disk.read(content ->
        content.events.tailMap(after, false).entrySet().stream()
            .limit(limit)
            .map(entry -> new Stored(entry.getKey(), entry.getValue()))
            .toList());
  }

  @Override
  public long newestEvent() throws StoreException {
    return disk.read(content -> content.events.isEmpty() ? 0L : content.events.lastKey());
  }

  @Override
  public Optional<Accepted> lastAccepted() throws StoreException {
    return disk.read(content -> content.accepted);
  }

  @Override
  public void accept(Accepted configuration) throws StoreException {
    disk.write(content -> content.accepted = Optional.of(configuration));
  }

  @Override
  public List<Pause> loadPauses() throws StoreException {
    return disk.read(content -> List.copyOf(content.pauses.values()));
  }

  @Override
  public void changePauses(List<Pause> kept, List<Optional<ProxyName>> dropped)
      throws StoreException {
    disk.write(content -> {
      kept.forEach(pause -> content.pauses.put(pause.proxy(), pause));
      content.pauses.keySet().removeAll(dropped);
    });
  }

  @Override
  public void appendRevisions(List<Revision> revisions) throws StoreException {
    disk.write(content -> {
      for (Revision revision : revisions) {
        content.revisions.put(revision.number(), revision);
        List<Long> same =
            content.revisions.values().stream()
                .filter(other -> other.proxy().equals(revision.proxy()))
                .map(Revision::number)
                .toList();
        same.stream().limit(Math.max(0, same.size() - 100)).forEach(content.revisions::remove);
      }
    });
  }

  @Override
  public List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit)
      throws StoreException {
    return disk.read(content ->
        content.revisions.headMap(before, false).descendingMap().values().stream()
            .filter(revision -> proxy.map(revision.proxy()::equals).orElse(true))
            .limit(limit)
            .toList());
  }

  @Override
  public long newestRevision(Optional<ProxyName> proxy) throws StoreException {
    return disk.read(content ->
        content.revisions.values().stream()
            .filter(revision -> proxy.map(revision.proxy()::equals).orElse(true))
            .mapToLong(Revision::number)
            .max()
            .orElse(0));
  }

  @Override
  public List<Job> loadJobs() throws StoreException {
    return disk.read(content -> List.copyOf(content.jobs.values()));
  }

  @Override
  public void changeJobs(List<Job> kept, List<String> dropped) throws StoreException {
    disk.write(content -> {
      kept.forEach(job -> content.jobs.put(job.id(), job));
      content.jobs.keySet().removeAll(dropped);
    });
  }

  @Override
  public List<AccessToken> loadTokens() throws StoreException {
    return disk.read(content -> List.copyOf(content.tokens.values()));
  }

  @Override
  public void putToken(AccessToken token) throws StoreException {
    disk.write(content -> content.tokens.put(token.name(), token));
  }

  @Override
  public void dropToken(String name) throws StoreException {
    disk.write(content -> content.tokens.remove(name));
  }
}
