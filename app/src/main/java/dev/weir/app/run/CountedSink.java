package dev.weir.app.run;

import dev.weir.app.api.Meters;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.spi.Source;

/** Counts a source's reports on their way. */
public record CountedSink(SourceName name, Meters meters, Source.Sink sink) implements Source.Sink {

  @Override
  public void report(SourceReport report) {
    meters.reported(name, report);
    sink.report(report);
  }
}
