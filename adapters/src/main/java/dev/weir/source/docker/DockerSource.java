package dev.weir.source.docker;

import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The containers of a Docker Engine that are selected, reported whenever one of them changes. */
final class DockerSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(DockerSource.class);

  private final DockerSourceType.Options options;
  private final SourceType.Context context;
  private final Engines engines;

  DockerSource(DockerSourceType.Options options, SourceType.Context context, Engines engines) {
    this.options = options;
    this.context = context;
    this.engines = engines;
  }

  @Override
  public void watch(Sink sink) throws InterruptedException {
    Roster roster = new Roster(options.selection(), options.addressing(), context);
    Optional<SourceReport> said = Optional.empty();
    List<String> remarked = List.of();
    try (Engines.Lease lease = engines.follow(options.engine(), context.time())) {
      long version = 0;
      while (true) {
        EngineWatch.Seen seen = lease.watch().await(version);
        version = seen.version();
        Optional<SourceReport> report = roster.report(seen.snapshot());
        if (report.isPresent() && !report.equals(said)) {
          remarked = logNewRemarks(remarked, report.get());
          said = report;
          sink.report(report.get());
        }
      }
    }
  }

  /** Logs what was not logged before, and returns what was by now. */
  private List<String> logNewRemarks(List<String> before, SourceReport report) {
    if (!(report instanceof Complete complete)) {
      return before;
    }
    complete.remarks().stream()
        .filter(remark -> !before.contains(remark))
        .forEach(remark -> LOG.info("source={} container {}", context.name(), remark));
    return complete.remarks();
  }
}
