package dev.weir.app.api;

import dev.weir.engine.run.Timings;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A family of metrics while it is gathered: a name, a help text and values by labels. Used by one
 * thread.
 */
final class Family {

  private static final List<Double> BOUNDS = bounds();

  private final Supplier<MetricSnapshot> finish;
  private final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder();
  private final CounterSnapshot.Builder counter = CounterSnapshot.builder();
  private final HistogramSnapshot.Builder histogram = HistogramSnapshot.builder();

  private Family(Kind kind, String name, String help) {
    this.finish =
        switch (kind) {
          case GAUGE -> () -> gauge.name(name).help(help).build();
          case COUNTER -> () -> counter.name(bare(name)).help(help).build();
          case HISTOGRAM -> () -> histogram.name(name).help(help).build();
        };
  }

  private enum Kind {
    GAUGE,
    COUNTER,
    HISTOGRAM
  }

  static Family gauge(String name, String help) {
    return new Family(Kind.GAUGE, name, help);
  }

  static Family counter(String name, String help) {
    return new Family(Kind.COUNTER, name, help);
  }

  static Family histogram(String name, String help) {
    return new Family(Kind.HISTOGRAM, name, help);
  }

  /** Sets the value for labels, given as name, value, name, value. */
  Family set(double value, String... labels) {
    var _ =
        gauge.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build());
    return this;
  }

  /** One where it holds, else zero. */
  Family set(boolean holds, String... labels) {
    return set(holds ? 1 : 0, labels);
  }

  /** A time, in seconds. */
  Family set(Instant time, String... labels) {
    return set(time.toEpochMilli() / 1e3, labels);
  }

  /** How often something happened. */
  Family count(long times, String... labels) {
    var _ =
        counter.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .value((double) times)
                .labels(Labels.of(labels))
                .build());
    return this;
  }

  /** How long something took. */
  Family took(Timings timings, String... labels) {
    Timings.Snapshot snapshot = timings.snapshot();
    var _ =
        histogram.dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, snapshot.counts()))
                .sum(snapshot.sum().toNanos() / 1e9)
                .labels(Labels.of(labels))
                .build());
    return this;
  }

  MetricSnapshot finish() {
    return finish.get();
  }

  private static String bare(String name) {
    return name.replaceFirst("_total$", "");
  }

  private static List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    Timings.BOUNDS.forEach(bound -> bounds.add(bound.toNanos() / 1e9));
    bounds.add(Double.POSITIVE_INFINITY);
    return List.copyOf(bounds);
  }
}
