package dev.weir.app.api;

import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts what cannot be read off a snapshot: the store's writes and the sources' reports. Made
 * before what it counts. Safe for any thread.
 */
public final class Meters {

  private static final String OK = "ok";
  private static final String FAILED = "failed";
  private static final String COMPLETE = "complete";
  private static final String UNAVAILABLE = "unavailable";

  private final Counter writes =
      Counter.builder()
          .name("weir_store_writes_total")
          .help("Writes to the store, by outcome.")
          .labelNames("outcome")
          .build();
  private final Histogram writeTime =
      Histogram.builder()
          .name("weir_store_write_duration_seconds")
          .help("How long writes to the store took until they were durable.")
          .classicOnly()
          .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5)
          .build();
  private final Counter reports =
      Counter.builder()
          .name("weir_source_reports_total")
          .help("Reports of sources, by outcome.")
          .labelNames("source", "outcome")
          .withoutExemplars()
          .build();

  private final Counter requests =
      Counter.builder()
          .name("weir_source_requests_total")
          .help("Questions to outside systems, for the source that began to ask.")
          .labelNames("source")
          .withoutExemplars()
          .build();
  private final Histogram reportTime =
      Histogram.builder()
          .name("weir_source_report_duration_seconds")
          .help("From a report of a source to the inputs that were made of it.")
          .labelNames("source")
          .withoutExemplars()
          .classicOnly()
          .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
          .build();

  private volatile LongSupplier storeSize = () -> 0;

  public Meters() {
    writes.initLabelValues(OK);
    writes.initLabelValues(FAILED);
  }

  /** A write to the store is durable. */
  public void storeWrote(Duration took) {
    writes.labelValues(OK).inc();
    writeTime.observe(took.toNanos() / 1e9);
  }

  /** A write to the store was refused and has changed nothing. */
  public void storeFailed(Duration took) {
    writes.labelValues(FAILED).inc();
    writeTime.observe(took.toNanos() / 1e9);
  }

  /** Says how the size of the store is found, in bytes; asked at each scrape. */
  public void storeSize(LongSupplier bytes) {
    storeSize = bytes;
  }

  long storeBytes() {
    return storeSize.getAsLong();
  }

  /** A source is watched from now on. */
  public void watched(SourceName source) {
    reports.initLabelValues(source.value(), COMPLETE);
    reports.initLabelValues(source.value(), UNAVAILABLE);
    requests.initLabelValues(source.value());
    reportTime.initLabelValues(source.value());
  }

  /** A source is watched no more: nothing is told of it until it is watched again. */
  public void forgotten(SourceName source) {
    reports.remove(source.value(), COMPLETE);
    reports.remove(source.value(), UNAVAILABLE);
    requests.remove(source.value());
    reportTime.remove(source.value());
  }

  /** An outside system is asked for a source. */
  public void asked(SourceName source) {
    requests.labelValues(source.value()).inc();
  }

  /** A source has reported. */
  public void reported(SourceName source, SourceReport report) {
    String outcome =
        switch (report) {
          case SourceReport.Complete ignored -> COMPLETE;
          case SourceReport.Unavailable ignored -> UNAVAILABLE;
        };
    reports.labelValues(source.value(), outcome).inc();
  }

  /** What a source has reported is part of the inputs. */
  public void taken(SourceName source, Duration took) {
    reportTime.labelValues(source.value()).observe(took.toNanos() / 1e9);
  }

  void register(PrometheusRegistry registry) {
    registry.register(writes);
    registry.register(writeTime);
    registry.register(reports);
    registry.register(requests);
    registry.register(reportTime);
  }
}
