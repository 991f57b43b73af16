package dev.weir.follow;

import dev.weir.model.SourceReport;
import dev.weir.spi.Source;
import java.util.Optional;
import java.util.function.Function;

/** Makes reports of what is seen of a system, and passes on those that differ from the last. */
final class Telling<T> {

  private final Function<T, SourceReport> reading;
  private final Source.Sink sink;

  Telling(Function<T, SourceReport> reading, Source.Sink sink) {
    this.reading = reading;
    this.sink = sink;
  }

  /** Reports until interrupted. */
  void from(Followed<T> followed) throws InterruptedException {
    Optional<SourceReport> said = Optional.empty();
    long version = 0;
    while (true) {
      Followed.Sight<T> sight = followed.await(version);
      version = sight.version();
      Optional<SourceReport> report = report(sight.seen());
      if (report.isPresent() && !report.equals(said)) {
        said = report;
        sink.report(report.get());
      }
    }
  }

  private Optional<SourceReport> report(Seen<T> seen) {
    return switch (seen) {
      case Seen.Nothing<T> nothing -> Optional.empty();
      case Seen.Known<T> known -> Optional.of(reading.apply(known.value()));
      case Seen.Unreachable<T> unreachable ->
          Optional.of(new SourceReport.Unavailable(unreachable.reason()));
    };
  }
}
