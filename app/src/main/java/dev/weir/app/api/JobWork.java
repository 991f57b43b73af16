package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.Job;
import dev.weir.spi.Durations;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does what a job wants as its author would: by the routes that do it, waiting until it is
 * confirmed. What is journalled has the job's id for its request's. Safe for any thread.
 */
final class JobWork implements Jobs.Worker {

  private final List<Route> routes;
  private final Time time;

  /**
   * @param routes those that do what a job wants
   */
  JobWork(List<Route> routes, Time time) {
    this.routes = List.copyOf(routes);
    this.time = time;
  }

  @Override
  public JsonObject work(Job job, Duration left) throws ApiProblem, InterruptedException {
    JsonObject body = body(job);
    Deadline deadline = new Deadline(time.nanos() + left.toNanos());
    return switch (JobAction.of(job.order().action())) {
      case DRAIN -> send(job, deadline, new Deed("/v1/overrides", Map.of(), body));
      case ROLLBACK ->
          send(
              job,
              deadline,
              new Deed(
                  "/v1/revisions/{number}/rollback",
                  Map.of("number", Long.toString(body.number("revision").orElse(-1))),
                  JobAction.without(body, "revision")));
      case RELOAD -> everywhere(job, deadline, body);
    };
  }

  /** A request, without how long it may take. */
  private record Deed(String path, Map<String, String> parameters, JsonObject body) {}

  private record Deadline(long nanos) {}

  /** One proxy after the other, so that what is bad about one ends it before the next. */
  private JsonObject everywhere(Job job, Deadline deadline, JsonObject body)
      throws ApiProblem, InterruptedException {
    List<JsonObject> done = new ArrayList<>();
    for (String proxy : body.texts("proxies")) {
      Deed deed =
          new Deed(
              "/v1/proxies/{proxy}/reload",
              Map.of("proxy", proxy),
              JobAction.without(body, "proxies"));
      try {
        done.add(send(job, deadline, deed));
      } catch (ApiProblem problem) {
        throw problem.with(
            "reloaded", done.stream().flatMap(it -> it.text("proxy").stream()).toList());
      }
    }
    return new JsonObject().with("items", done);
  }

  private JsonObject send(Job job, Deadline deadline, Deed deed)
      throws ApiProblem, InterruptedException {
    Route route =
        routes.stream()
            .filter(it -> it.method() == Method.POST && it.path().equals(deed.path()))
            .findFirst()
            .orElseThrow();
    Duration left = Duration.ofNanos(Math.max(0, deadline.nanos() - time.nanos()));
    Request request =
        new Request(
            new Caller(job.order().by(), Role.OPERATOR),
            deed.parameters(),
            Map.of(Confirmation.PARAMETER, Durations.format(Duration.ofMillis(left.toMillis()))),
            Map.of(),
            Json.write(deed.body()),
            "job-" + job.id(),
            JobAction.LONGEST);
    try {
      return confirmed(route.handler().handle(request));
    } catch (Refused refused) {
      throw new ApiProblem(409, "refused", String.valueOf(refused.getMessage()));
    } catch (StoreException e) {
      throw new ApiProblem(503, "not-durable", String.valueOf(e.getMessage()));
    }
  }

  private static JsonObject confirmed(Answer answer) throws ApiProblem {
    if (!(answer instanceof Answer.Json json)) {
      throw new IllegalStateException("a write was answered with " + answer);
    }
    if (json.status() == 202) {
      throw new ApiProblem(500, "not-confirmed", "decided, but not confirmed in time")
          .with("waiting_for", json.body().texts("waiting_for"));
    }
    return json.body();
  }

  private static JsonObject body(Job job) {
    try {
      return Json.readObject(job.order().body());
    } catch (JsonException e) {
      throw new IllegalStateException("job %s has no body: %s".formatted(job.id(), e), e);
    }
  }
}
