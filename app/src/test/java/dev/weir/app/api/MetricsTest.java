package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The families that are exported, and that Prometheus' own tool finds nothing to say. */
class MetricsTest {

  /** The contract; a name that goes missing here breaks somebody's dashboard. */
  private static final List<String> FAMILIES =
      List.of(
          "weir_build_info",
          "weir_ready",
          "weir_generation",
          "weir_loop_last_run_timestamp_seconds",
          "weir_config_last_reload_successful",
          "weir_config_last_reload_success_timestamp_seconds",
          "weir_pools",
          "weir_pool_members",
          "weir_pool_members_by_health",
          "weir_pool_members_held",
          "weir_pool_members_kept",
          "weir_pool_floor",
          "weir_pool_fallback_active",
          "weir_source_up",
          "weir_source_last_success_timestamp_seconds",
          "weir_source_members",
          "weir_source_reports_total",
          "weir_source_requests_total",
          "weir_source_report_duration_seconds",
          "weir_check_lateness_seconds",
          "weir_guard_active",
          "weir_guard_trips_total",
          "weir_overrides",
          "weir_drains_in_progress",
          "weir_proxy_info",
          "weir_proxy_up",
          "weir_proxy_contested",
          "weir_proxy_paused",
          "weir_proxy_in_sync",
          "weir_proxy_last_in_sync_timestamp_seconds",
          "weir_proxy_pending_members",
          "weir_proxy_generation",
          "weir_proxy_drift_total",
          "weir_applies_total",
          "weir_apply_duration_seconds",
          "weir_reloads_deferred_total",
          "weir_rollbacks_total",
          "weir_change_applied_seconds",
          "weir_change_served_seconds",
          "weir_events_total",
          "weir_store_writes_total",
          "weir_store_write_duration_seconds",
          "weir_store_size_bytes",
          "weir_auth_failures_total",
          "weir_event_subscribers");

  private final SampleWeir weir = Samples.web();
  private final Meters meters = new Meters();
  private Metrics metrics;

  @BeforeEach
  void start() {
    metrics = new Metrics(weir, meters, new HttpMeters(), () -> 2);
  }

  private String text() {
    return ((Answer.Text) metrics.answer()).body();
  }

  @Test
  void every_family_is_there_with_its_type_and_help() {
    meters.watched(new SourceName("web/static"));
    meters.reported(new SourceName("web/static"), SourceReport.Complete.of(List.of()));
    String text = text();
    for (String family : FAMILIES) {
      assertThat(text).contains("# HELP " + family + " ", "# TYPE " + family + " ");
    }
  }

  @Test
  void a_source_that_is_gone_leaves_no_series_behind() {
    SourceName source = new SourceName("svc_a/consul");
    meters.watched(source);
    meters.asked(source);
    assertThat(text()).contains("source=\"svc_a/consul\"");
    meters.forgotten(source);
    assertThat(text()).doesNotContain("svc_a/consul");
  }

  @Test
  void values_of_closed_sets_are_there_at_zero() {
    meters.watched(new SourceName("web/static"));
    meters.reported(new SourceName("web/static"), SourceReport.Complete.of(List.of()));
    assertThat(text())
        .contains(
            "weir_pool_members{pool=\"web\",state=\"ready\"} 2.0",
            "weir_pool_members{pool=\"web\",state=\"drain\"} 0.0",
            "weir_pool_members{pool=\"web\",state=\"maint\"} 1.0",
            "weir_overrides{action=\"pin\",pool=\"web\"} 0.0",
            "weir_guard_active{cause=\"probe\",pool=\"web\"} 0.0",
            "weir_applies_total{outcome=\"rejected\",proxy=\"edge\",way=\"reload\"} 0.0",
            "weir_proxy_drift_total{kind=\"file\",proxy=\"edge\"} 0.0",
            "weir_source_reports_total{outcome=\"complete\",source=\"web/static\"} 1.0",
            "weir_source_reports_total{outcome=\"unavailable\",source=\"web/static\"} 0.0",
            "weir_source_requests_total{source=\"web/static\"} 0.0",
            "weir_events_total{event=\"pool.empty\"} 0.0",
            "weir_store_writes_total{outcome=\"failed\"} 0.0",
            "weir_auth_failures_total{reason=\"foreign_host\"} 0.0",
            "weir_event_subscribers 2.0");
  }

  @Test
  void members_and_their_servers_are_measured_one_by_one() {
    assertThat(text())
        .contains(
            "weir_member_state{member=\"web1\",pool=\"web\",state=\"ready\"} 1.0",
            "weir_member_state{member=\"web1\",pool=\"web\",state=\"drain\"} 0.0",
            "weir_server_open_sessions{member=\"web1\",pool=\"web\",proxy=\"edge\"} 3.0",
            "weir_server_sessions_total{member=\"web1\",pool=\"web\",proxy=\"edge\"} 900.0",
            "weir_server_errors_total{member=\"web1\",pool=\"web\",proxy=\"edge\"} 2.0",
            "weir_server_check_up{member=\"web1\",pool=\"web\",proxy=\"edge\"} 1.0");
  }

  @Test
  void guards_are_counted_by_pool_from_the_journal() {
    weir.happened(EventKind.GUARD_HELD, Event.Subject.of(new PoolId("web")), "held");
    weir.happened(EventKind.GUARD_HELD, Event.Subject.of(new PoolId("web")), "held again");
    assertThat(text()).contains("weir_guard_trips_total{cause=\"discovery\",pool=\"web\"} 2.0");
    assertThat(text()).contains("weir_guard_trips_total{cause=\"discovery\",pool=\"web\"} 2.0");
  }

  @Test
  void the_store_is_metered() {
    meters.storeWrote(Duration.ofMillis(1));
    meters.storeSize(() -> 4096);
    assertThat(text())
        .contains("weir_store_writes_total{outcome=\"ok\"} 1.0")
        .contains("weir_store_write_duration_seconds_count 1")
        .contains("weir_store_size_bytes 4096.0");
  }

  @Test
  @RequiresServer(Server.PROMTOOL)
  void promtool_finds_nothing_to_say(@TempDir(factory = ShortTempDir.class) Path folder)
      throws IOException, InterruptedException {
    meters.watched(new SourceName("web/static"));
    meters.reported(new SourceName("web/static"), SourceReport.Complete.of(List.of()));
    Path file = Files.writeString(folder.resolve("metrics"), text());
    Process promtool =
        new ProcessBuilder(Server.PROMTOOL.path().toString(), "check", "metrics")
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(promtool.waitFor()).isZero();
  }
}
