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
    try (Engines.Lease lease = engines.follow(options.engine(), context.time())) {
      long version = 0;
      while (true) {
        EngineWatch.Seen seen = lease.watch().await(version);
        version = seen.version();
        Optional<SourceReport> report = roster.report(seen.snapshot());
        if (report.isPresent() && !report.equals(said)) {
          logNewRemarks(said, report.get());
          said = report;
          sink.report(report.get());
        }
      }
    }
  }

  private void logNewRemarks(Optional<SourceReport> before, SourceReport now) {
    List<String> known = before.map(DockerSource::remarks).orElse(List.of());
    remarks(now).stream()
        .filter(remark -> !known.contains(remark))
        .forEach(remark -> LOG.info("source={} container {}", context.name(), remark));
  }

  private static List<String> remarks(SourceReport report) {
    return report instanceof Complete complete ? complete.remarks() : List.of();
  }
}
