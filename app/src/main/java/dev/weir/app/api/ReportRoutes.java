package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.AccessToken.Role;
import dev.weir.spi.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that whoever looks for a fault asks for first, as files without secrets: what other routes
 * answer, the configuration, and what the threads do.
 */
final class ReportRoutes {

  private static final int EVENTS = 1_000;
  private static final int LONGEST = 60;
  private static final String MANY = "10000";

  private final View view;
  private final List<Route> routes;

  /**
   * @param routes whose answers are taken
   */
  ReportRoutes(View view, List<Route> routes) {
    this.view = view;
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/report", Set.of(), this::report).needing(Role.OPERATOR));
  }

  private Answer report(Request request) throws InterruptedException {
    Map<Path, String> configuration = view.configurationTexts();
    Redaction redaction = new Redaction(KnownSecrets.in(configuration.values()));
    Map<String, String> files = new LinkedHashMap<>();
    files.put("weir.json", Json.write(redaction.tree(machine(request))));
    RedactedYaml yaml = new RedactedYaml(redaction);
    int number = 0;
    for (Map.Entry<Path, String> file : configuration.entrySet()) {
      String name = "configuration/%s".formatted(named(++number, file.getKey().getFileName()));
      files.put(name, "# %s\n%s".formatted(file.getKey(), yaml.of(file.getValue())));
    }
    for (Part part : parts()) {
      files.put(part.file(), asked(part, request, redaction));
    }
    files.put("threads.txt", redaction.text(threads()));
    List<JsonObject> items = new ArrayList<>();
    files.forEach(
        (name, text) -> items.add(new JsonObject().with("name", name).with("text", text)));
    return Answer.ok(new JsonObject().with("files", items));
  }

  /** What another route answers, under a name. */
  private record Part(String file, String path, Map<String, String> of, Map<String, String> query) {
    static Part list(String file, String path) {
      return new Part(file, path, Map.of(), Map.of("limit", MANY));
    }

    static Part whole(String file, String path) {
      return new Part(file, path, Map.of(), Map.of());
    }
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.whole("status.json", "/v1/status"));
    parts.add(Part.list("proxies.json", "/v1/proxies"));
    int number = 0;
    for (ProxyView proxy : view.proxies()) {
      String name = proxy.proxy().name().value();
      parts.add(
          new Part(
              "plans/%s.json".formatted(named(++number, name)),
              "/v1/proxies/{proxy}/plan",
              Map.of("proxy", name),
              Map.of()));
    }
    parts.add(Part.list("sources.json", "/v1/sources"));
    parts.add(Part.list("pool_sets.json", "/v1/pool_sets"));
    parts.add(Part.list("overrides.json", "/v1/overrides"));
    parts.add(Part.list("pauses.json", "/v1/pauses"));
    parts.add(Part.list("jobs.json", "/v1/jobs"));
    parts.add(new Part("revisions.json", "/v1/revisions", Map.of(), Map.of("limit", "100")));
    parts.add(Part.whole("log_levels.json", "/v1/log_levels"));
    long first = Math.max(0, view.journal().newest() - EVENTS);
    parts.add(
        new Part(
            "events.json",
            "/v1/events",
            Map.of(),
            Map.of("cursor", Long.toString(first), "limit", Integer.toString(EVENTS))));
    parts.add(Part.whole("metrics.txt", "/metrics"));
    return parts;
  }

  /** A name that any file system and archive takes. */
  private static String named(int number, Object name) {
    String safe = String.valueOf(name).replaceAll("[^A-Za-z0-9._-]", "_");
    return "%02d-%s".formatted(number, safe.substring(0, Math.min(safe.length(), LONGEST)));
  }

  /** What fails is said in its place: the rest may be all that is needed. */
  private String asked(Part part, Request request, Redaction redaction)
      throws InterruptedException {
    Route route =
        routes.stream()
            .filter(it -> it.method() == Method.GET && it.path().equals(part.path()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no route " + part.path()));
    try {
      Request asked = request.as(part.of(), part.query(), new JsonObject());
      return switch (route.handler().handle(asked)) {
        case Answer.Json json -> Json.write(redaction.tree(json.body()));
        case Answer.Text text -> redaction.text(text.body());
        case Answer.Events ignored -> "a stream";
      };
    } catch (ApiProblem | Refused | StoreException | RuntimeException e) {
      return "not there: " + redaction.line(String.valueOf(e.getMessage()));
    }
  }

  private JsonObject machine(Request request) {
    Runtime runtime = Runtime.getRuntime();
    return new JsonObject()
        .with("version", Build.VERSION)
        .with("revision", Build.REVISION)
        .with("at", view.time().now())
        .with("by", request.caller().who())
        .with("java", System.getProperty("java.vm.version", ""))
        .with(
            "system",
            "%s %s %s"
                .formatted(
                    System.getProperty("os.name", ""),
                    System.getProperty("os.version", ""),
                    System.getProperty("os.arch", "")))
        .with("processors", runtime.availableProcessors())
        .with("memory_used_bytes", runtime.totalMemory() - runtime.freeMemory())
        .with("memory_most_bytes", runtime.maxMemory())
        .with("up_seconds", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
  }

  private static String threads() {
    try {
      return ThreadDump.now();
    } catch (IOException e) {
      return "not there: " + e.getMessage();
    }
  }
}
