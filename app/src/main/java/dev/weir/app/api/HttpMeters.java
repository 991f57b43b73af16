package dev.weir.app.api;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Counts what the API is asked and what it refuses. Safe for any thread. */
final class HttpMeters {

  /** The label of requests that no route answers. */
  static final String NO_ROUTE = "none";

  private final Counter requests =
      Counter.builder()
          .name("weir_http_requests_total")
          .help("Requests to the API.")
          .labelNames("route", "method", "code")
          .build();
  private final Histogram durations =
      Histogram.builder()
          .name("weir_http_request_duration_seconds")
          .help("From a request's last byte to its answer; streams not included.")
          .labelNames("route", "method")
          .classicOnly()
          .classicUpperBounds(
              0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .build();
  private final Counter refused =
      Counter.builder()
          .name("weir_auth_failures_total")
          .help("Requests refused for what they are or who sent them.")
          .labelNames("reason")
          .build();

  HttpMeters() {
    for (Gate.Refusal reason : Gate.Refusal.values()) {
      refused.initLabelValues(reason.label());
    }
  }

  void register(PrometheusRegistry registry) {
    registry.register(requests);
    registry.register(durations);
    registry.register(refused);
  }

  void answered(String route, String method, int code, Duration took) {
    requests.labelValues(route, method, Integer.toString(code)).inc();
    durations.labelValues(route, method).observe(took.toNanos() / 1e9);
  }

  void streamed(String route, String method) {
    requests.labelValues(route, method, "200").inc();
  }

  void refused(Gate.Refusal reason) {
    refused.labelValues(reason.label()).inc();
  }
}
