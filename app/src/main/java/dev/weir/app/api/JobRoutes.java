package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Job;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.Quoted;
import dev.weir.model.Revision;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Long actions that nobody has to wait for: taken in, done when it is their turn, and asked after.
 */
final class JobRoutes {

  /** How long one may take where nobody says. */
  private static final Duration USUAL = Duration.ofMinutes(10);

  /** Those that have not ended. */
  private static final int MOST = 1_000;

  private final View view;

  JobRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs", Page.PARAMETERS, this::jobs),
        Route.get("/v1/jobs/{id}", Set.of(Confirmation.PARAMETER), this::job),
        new Route(Method.POST, "/v1/jobs", Set.of(), this::add));
  }

  private Answer jobs(Request request) throws ApiProblem {
    return Page.of(request).answer(view.jobs().all(), JobRoutes::key, JobJson::of);
  }

  /** In the order in which they came. */
  private static String key(Job job) {
    return "%020d %s".formatted(job.order().at().toEpochMilli(), job.id());
  }

  private Answer job(Request request) throws ApiProblem, InterruptedException {
    String id = request.path("id");
    Duration wait = Confirmation.asked(request).orElse(Duration.ZERO);
    Job job =
        view.jobs()
            .await(id, wait)
            .orElseThrow(() ->
                new ApiProblem(404, "no-such-job", "no job has the id " + Quoted.of(id))
                    .hint("weir jobs lists them"));
    return Answer.ok(JobJson.of(job));
  }

  /** What can be told to be wrong at once is refused at once. */
  private Answer add(Request request) throws ApiProblem, StoreException {
    Set<String> fields =
        Stream.concat(
                Stream.of("action", "timeout_seconds"),
                Stream.of(JobAction.values()).flatMap(action -> action.fields().stream()))
            .collect(Collectors.toSet());
    WriteBody body = WriteBody.of(request, fields);
    JobAction action = JobAction.of(body.json().text("action").orElse(""));
    check(action, body.json());
    var _ = body.attribution(request, view);
    JsonObject wanted = JobAction.without(completed(action, body.json()), "timeout_seconds");
    Set<PoolId> pools = pools(action, wanted);
    if (view.jobs().all().stream().filter(job -> !job.ended()).count() >= MOST) {
      throw new ApiProblem(
          503, "too-many-jobs", "%d jobs have not ended (expected: fewer)".formatted(MOST));
    }
    Instant now = view.time().now().truncatedTo(ChronoUnit.MILLIS);
    Job job =
        view.jobs()
            .add(
                new Job.Order(
                    action.word(),
                    Json.write(
                        action == JobAction.DRAIN ? wanted : JobAction.without(wanted, "action")),
                    request.caller().who(),
                    now,
                    now.plus(timeout(body.json()))),
                pools);
    return new Answer.Json(202, JobJson.of(job), Map.of("Location", "/v1/jobs/" + job.id()));
  }

  private static void check(JobAction action, JsonObject body) throws ApiProblem {
    Set<String> known = new HashSet<>(action.fields());
    known.addAll(Set.of("action", "timeout_seconds", "reason", "for_seconds"));
    for (String field : body.fields().keySet()) {
      if (!known.contains(field)) {
        throw ApiProblem.badRequest(
            "%s: not for %s (expected: %s)"
                .formatted(
                    field,
                    action.word(),
                    action.fields().stream().sorted().collect(Collectors.joining(", "))));
      }
    }
  }

  /** A reload concerns the proxies that there are when it is taken in. */
  private JsonObject completed(JobAction action, JsonObject body) {
    return action == JobAction.RELOAD && body.texts("proxies").isEmpty()
        ? JobAction.without(body, "proxies")
            .with(
                "proxies",
                view.proxies().stream().map(proxy -> proxy.proxy().name().value()).toList())
        : body;
  }

  private static Duration timeout(JsonObject body) throws ApiProblem {
    OptionalDouble seconds = body.decimal("timeout_seconds");
    if (seconds.isEmpty()) {
      return USUAL;
    }
    double given = seconds.getAsDouble();
    if (!(given > 0) || given > JobAction.LONGEST.toSeconds()) {
      throw ApiProblem.badRequest(
          "timeout_seconds: %s (expected: more than 0, at most %d)"
              .formatted(given, JobAction.LONGEST.toSeconds()));
    }
    return Duration.ofMillis((long) (given * 1000));
  }

  private Set<PoolId> pools(JobAction action, JsonObject body) throws ApiProblem, StoreException {
    return switch (action) {
      case DRAIN -> drained(body);
      case ROLLBACK -> {
        String number = Long.toString(body.number("revision").orElse(-1));
        Revision revision = RevisionRoutes.numbered(view, number);
        yield carried(revision.proxy().value());
      }
      case RELOAD -> {
        Set<PoolId> pools = new HashSet<>();
        for (String proxy : body.texts("proxies")) {
          pools.addAll(carried(proxy));
        }
        yield pools;
      }
    };
  }

  /** Every pool where members of all are meant. */
  private Set<PoolId> drained(JsonObject body) throws ApiProblem {
    Set<PoolId> pools = new HashSet<>();
    for (Target target : OverrideRoutes.targets(view, body)) {
      Optional<PoolId> only = target.onlyPool();
      view.inputs().pools().values().stream()
          .map(PoolInputs::id)
          .filter(pool -> only.map(pool::equals).orElse(true))
          .forEach(pools::add);
    }
    return pools;
  }

  private Set<PoolId> carried(String name) throws ApiProblem {
    return view.proxies().stream()
        .map(ProxyView::proxy)
        .filter(proxy -> proxy.name().value().equals(name))
        .findFirst()
        .map(proxy -> Set.copyOf(proxy.pools()))
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(name)));
  }
}
