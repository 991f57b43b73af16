package dev.weir.app.api;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * The answer to {@code /metrics}. What Weir knows is read at each request, so that it costs nothing
 * in between; a value of a closed set of labels is there also while it is zero. Safe for any
 * thread.
 */
final class Metrics {

  private final View view;
  private final Meters counted;
  private final IntSupplier subscribers;
  private final GuardTrips trips;
  private final Standing standing;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  /**
   * @param subscribers how many streams of events are open
   */
  Metrics(View view, Meters meters, HttpMeters http, IntSupplier subscribers) {
    this.view = view;
    this.counted = meters;
    this.subscribers = subscribers;
    this.trips = new GuardTrips(view.journal());
    this.standing = new Standing(view);
    MultiCollector collector = this::collect;
    registry.register(collector);
    meters.register(registry);
    http.register(registry);
    JvmMetrics.builder().register(registry);
  }

  Answer answer() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 << 10);
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes everything", e);
    }
    return new Answer.Text(200, writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }

  private MetricSnapshots collect() {
    List<Family> families = new ArrayList<>();
    families.addAll(weir());
    families.addAll(new PoolMetrics(view, trips).gather());
    families.addAll(new SourceMetrics().gather(view));
    families.addAll(new ProxyMetrics().gather(view));
    if (view.measuresMembers()) {
      families.addAll(new MemberMetrics().gather(view));
    }
    return new MetricSnapshots(families.stream().map(Family::finish).toList());
  }

  private List<Family> weir() {
    Family loops =
        Family.gauge("weir_loop_last_run_timestamp_seconds", "When a loop last came round.")
            .set(view.keeperLastRun(), "loop", "keeper");
    view.proxies()
        .forEach(proxy ->
            loops.set(proxy.status().progress().lastRun(), "loop", proxy.proxy().name().value()));
    Family events = Family.counter("weir_events_total", "What happened, by kind.");
    view.journal()
        .state()
        .counts()
        .forEach((kind, times) -> events.count(times, "event", kind.wire()));
    return List.of(
        loops,
        events,
        Family.gauge("weir_build_info", "Which Weir this is.")
            .set(1, "version", Build.VERSION, "revision", Build.REVISION, "java", java()),
        Family.gauge("weir_ready", "Whether Weir is ready.").set(standing.notReady().isEmpty()),
        Family.gauge("weir_generation", "The newest generation of what is known.")
            .set((double) view.inputs().generation()),
        Family.gauge(
                "weir_config_last_reload_successful",
                "Whether the configuration as it is now is in use.")
            .set(view.configuration().problem().isEmpty()),
        Family.gauge(
                "weir_config_last_reload_success_timestamp_seconds",
                "When the configuration in use was accepted.")
            .set(view.configuration().since()),
        Family.gauge("weir_store_size_bytes", "What the store takes on disk.")
            .set((double) counted.storeBytes()),
        Family.gauge("weir_event_subscribers", "Streams of events that are open.")
            .set(subscribers.getAsInt()));
  }

  private static String java() {
    return Runtime.version().toString().toLowerCase(Locale.ROOT);
  }
}
