package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Waits for the size of a pool: how many of its members are ready, in every proxy. */
final class SizeRoutes {

  private static final Duration LOOK = Duration.ofMillis(25);

  private final View view;
  private final Confirmation confirmation;

  SizeRoutes(View view) {
    this.view = view;
    this.confirmation = new Confirmation(view);
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/pools/{pool}/size",
            Set.of("at_least", "at_most", Confirmation.PARAMETER),
            this::size));
  }

  /**
   * The sizes that are waited for.
   *
   * @param atLeast members ready
   * @param atMost members ready
   */
  private record Wanted(long atLeast, long atMost) {
    boolean is(long ready) {
      return ready >= atLeast && ready <= atMost;
    }
  }

  /** As it was in one generation. */
  private record Size(long generation, long ready) {}

  /** Answers when it is so: 200; 202 where it is not in time. */
  private Answer size(Request request) throws ApiProblem, InterruptedException {
    Wanted wanted =
        new Wanted(
            request.number("at_least", 0, Integer.MAX_VALUE),
            request.number("at_most", Integer.MAX_VALUE, Integer.MAX_VALUE));
    Duration wait = Confirmation.asked(request).orElse(Duration.ZERO);
    long deadline = view.time().nanos() + wait.toNanos();
    Size size = now(request);
    while (true) {
      Duration left = Duration.ofNanos(deadline - view.time().nanos());
      if (wanted.is(size.ready())) {
        Optional<Answer> answer = confirmed(request, size, wanted, left);
        if (answer.isPresent()) {
          return answer.get();
        }
      } else if (!left.isPositive()) {
        return new Answer.Json(202, json(request, size, List.of()));
      } else {
        view.time().sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
      if (view.inputs().generation() != size.generation()) {
        size = now(request);
      }
    }
  }

  /** The answer, unless the pool has another size again when the proxies have confirmed this. */
  private Optional<Answer> confirmed(Request request, Size size, Wanted wanted, Duration left)
      throws ApiProblem, InterruptedException {
    PoolId pool = PoolRoutes.named(view.inputs(), request).id();
    List<String> behind = confirmation.behind(Confirmation.Goal.of(pool, size.generation()), left);
    if (!behind.isEmpty()) {
      return Optional.of(new Answer.Json(202, json(request, size, behind)));
    }
    Size after = now(request);
    return wanted.is(after.ready())
        ? Optional.of(Answer.ok(json(request, after, List.of()).with("confirmed", true)))
        : Optional.empty();
  }

  private Size now(Request request) throws ApiProblem {
    Inputs inputs = view.inputs();
    PoolInputs pool = PoolRoutes.named(inputs, request);
    long ready = PoolJson.count(Roster.of(view, pool), e -> e.state().equals("ready"));
    return new Size(inputs.generation(), ready);
  }

  private static JsonObject json(Request request, Size size, List<String> behind) {
    return new JsonObject()
        .with("pool", request.path("pool"))
        .with("ready", size.ready())
        .with("generation", size.generation())
        .with("confirmed", false)
        .with("waiting_for", behind);
  }
}
