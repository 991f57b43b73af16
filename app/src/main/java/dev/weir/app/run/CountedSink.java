package dev.weir.app.run;

import dev.weir.app.api.Meters;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.net.Questions;
import dev.weir.spi.Source;

/** Counts a source's reports on their way, and what is asked for them. */
public record CountedSink(SourceName name, Meters meters, Source.Sink sink) implements Source.Sink {

  /** The source is watched by the thread that calls this. */
  void begin() {
    meters.watched(name);
    Questions.countedBy(() -> meters.asked(name));
  }

  /** It is watched no more. */
  void end() {
    meters.forgotten(name);
  }

  @Override
  public void report(SourceReport report) {
    meters.reported(name, report);
    sink.report(report);
  }
}
