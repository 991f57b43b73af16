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

  /** A source has reported. */
  public void reported(SourceName source, SourceReport report) {
    for (String outcome : new String[] {"complete", "unavailable"}) {
      reports.initLabelValues(source.value(), outcome);
    }
    String outcome =
        switch (report) {
          case SourceReport.Complete ignored -> "complete";
          case SourceReport.Unavailable ignored -> "unavailable";
        };
    reports.labelValues(source.value(), outcome).inc();
  }

  void register(PrometheusRegistry registry) {
    registry.register(writes);
    registry.register(writeTime);
    registry.register(reports);
  }
}
