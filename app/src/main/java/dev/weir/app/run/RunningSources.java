package dev.weir.app.run;

import dev.weir.app.config.LabelSelector;
import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.SourceConfig;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.spi.Drains;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The sources that are watched, each on a thread of its own. Used by one thread. */
public final class RunningSources implements AutoCloseable {

  private final Function<SourceName, CountedSink> sinks;
  private final Function<PoolId, Optional<Drains>> drains;
  private final Time time;
  private final Map<SourceName, Watched> running = new LinkedHashMap<>();

  /**
   * @param sinks where each source reports to
   * @param drains how far the members of a pool are drained; absent where proxies are only looked
   *     at
   */
  public RunningSources(
      Function<SourceName, CountedSink> sinks,
      Function<PoolId, Optional<Drains>> drains,
      Time time) {
    this.sinks = sinks;
    this.drains = drains;
    this.time = time;
  }

  /** Ends the sources that these pools do not have, or have otherwise. The rest goes on. */
  void endOthers(List<PoolConfig> pools) {
    Map<SourceName, Wanted> wanted = wanted(pools);
    List<SourceName> over =
        running.entrySet().stream()
            .filter(entry -> !entry.getValue().wanted.equals(wanted.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(name -> Optional.ofNullable(running.remove(name)).ifPresent(Watched::close));
  }

  /** Starts the sources of these pools that do not run yet. */
  void startMissing(List<PoolConfig> pools) {
    wanted(pools)
        .forEach((name, source) -> running.computeIfAbsent(name, n -> new Watched(source)));
  }

  @Override
  public void close() {
    running.values().forEach(watched -> watched.stopped = true);
    running.values().forEach(Watched::close);
    running.clear();
  }

  private static Map<SourceName, Wanted> wanted(List<PoolConfig> pools) {
    Map<SourceName, Wanted> wanted = new LinkedHashMap<>();
    for (PoolConfig pool : pools) {
      for (SourceConfig<?> source : pool.sources()) {
        wanted.put(source.name(), new Wanted(source, pool.backup()));
      }
    }
    return wanted;
  }

  /** A source and what is done to its reports. */
  private record Wanted(SourceConfig<?> source, Optional<LabelSelector> backup) {

    SourceReport refine(SourceReport report) {
      return backup.map(selector -> selector.markBackups(report)).orElse(report);
    }
  }

  /** One source being watched. */
  private final class Watched implements AutoCloseable {

    private final Wanted wanted;
    private final CountedSink sink;
    private final TaskGroup task;
    private volatile boolean stopped;

    Watched(Wanted wanted) {
      this.wanted = wanted;
      SourceName name = wanted.source().name();
      this.sink = sinks.apply(name);
      OnDeath restart = new OnDeath.Restart(new SplittableRandom(name.hashCode()));
      this.task = new TaskGroup("source " + name, restart, time);
      task.start("source " + name, this::watch);
    }

    private void watch() throws InterruptedException {
      sink.begin();
      Source source = wanted.source().open(time, drains.apply(wanted.source().pool()));
      source.watch(this::report);
    }

    private void report(SourceReport report) {
      if (!stopped) {
        sink.report(wanted.refine(report));
      }
    }

    @Override
    public void close() {
      stopped = true;
      task.close();
      sink.end();
    }
  }

  /** What died and is started again, by name of its task. */
  List<TaskGroup.Died> died() {
    List<TaskGroup.Died> died = new ArrayList<>();
    running.values().forEach(watched -> died.addAll(watched.task.died()));
    return died;
  }
}
