package dev.weir.source.docker;

import dev.weir.model.FoundPool;
import dev.weir.model.PoolsReport;
import dev.weir.source.docker.DockerSourceType.Options;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import dev.weir.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds a pool in every value that a label has on the containers of an engine. */
final class LabelSearch implements PoolSearch<LabelSearch.Search, Options> {

  /** Which label names the pool. */
  private static final Shape.Key<String> BY =
      Shape.Key.defaulted(
          "by",
          Shape.scalar("the key of a label", LabelSearch::key),
          "weir.pool",
          "weir.pool",
          "The label whose value is the pool; containers without it are in none.");

  private static final Shape<Search> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with by, label, name or image",
          DockerSourceType.withEngine(
              List.of(
                  BY,
                  DockerSourceType.LABEL,
                  DockerSourceType.NAME,
                  DockerSourceType.IMAGE,
                  DockerSourceType.PORT,
                  DockerSourceType.ADDRESS,
                  DockerSourceType.NETWORK,
                  DockerSourceType.HOST)),
          LabelSearch::search);

  private final Engines engines;

  /**
   * What is looked for.
   *
   * @param by the label whose value is the pool
   * @param containers all that have it, and how they are reached
   */
  record Search(String by, Options containers) {}

  LabelSearch(Engines engines) {
    this.engines = engines;
  }

  private static Search search(Values values) {
    String by = values.get(BY);
    List<String> labels = new ArrayList<>(values.get(DockerSourceType.LABEL));
    labels.add(by);
    Selection selection =
        new Selection(
            labels, values.find(DockerSourceType.NAME), values.find(DockerSourceType.IMAGE));
    return new Search(by, DockerSourceType.options(selection, values));
  }

  @Override
  public Shape<Search> options() {
    return OPTIONS;
  }

  @Override
  public String variable() {
    return "pool";
  }

  @Override
  public Options of(Search search, String key) {
    Options all = search.containers();
    return new Options(
        all.selection().with(search.by() + "=" + key), all.addressing(), all.engine());
  }

  @Override
  public PoolFinder open(Search search, Time time) {
    return sink -> {
      Optional<PoolsReport> said = Optional.empty();
      try (Engines.Lease lease = engines.follow(search.containers().engine(), time)) {
        long version = 0;
        while (true) {
          EngineWatch.Seen seen = lease.watch().await(version);
          version = seen.version();
          Optional<PoolsReport> report = report(search, seen.snapshot());
          if (report.isPresent() && !report.equals(said)) {
            said = report;
            sink.report(report.get());
          }
        }
      }
    };
  }

  private static Optional<PoolsReport> report(Search search, Snapshot snapshot) {
    return switch (snapshot) {
      case Snapshot.Unknown unknown -> Optional.empty();
      case Snapshot.Unreachable unreachable ->
          Optional.of(new PoolsReport.Unavailable(unreachable.reason()));
      case Snapshot.Known known -> Optional.of(pools(search, known));
    };
  }

  /** Of containers in one pool that wish for different paths, the first by name wins. */
  static PoolsReport pools(Search search, Snapshot.Known known) {
    Map<String, Optional<String>> paths = new TreeMap<>();
    known.containers().values().stream()
        .filter(search.containers().selection()::matches)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(container -> {
          String pool = container.labels().getOrDefault(search.by(), "");
          if (!pool.isBlank()) {
            paths.merge(
                pool, Wishes.checkPath(container), (former, other) -> former.or(() -> other));
          }
        });
    return PoolsReport.Complete.of(
        paths.entrySet().stream()
            .map(pool -> new FoundPool(pool.getKey(), pool.getValue()))
            .toList());
  }

  private static String key(String text) {
    if (text.isBlank() || text.indexOf('=') >= 0) {
      throw new IllegalArgumentException("no key of a label");
    }
    return text;
  }
}
