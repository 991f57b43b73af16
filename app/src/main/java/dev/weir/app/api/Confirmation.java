package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers a write: at once, or when every proxy that carries the pool has confirmed it. */
final class Confirmation {

  static final String PARAMETER = "wait";

  /** As long as somebody may wait for an answer. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** After which the proxies are listed anew: they change with the configuration. */
  private static final Duration SLICE = Duration.ofMillis(250);

  /** How often it is looked whether a member has come far enough. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private final View view;

  Confirmation(View view) {
    this.view = view;
  }

  /** How long the caller wants to wait; absent for not at all. */
  static Optional<Duration> asked(Request request) throws ApiProblem {
    Optional<Duration> wait = request.duration(PARAMETER);
    if (wait.isPresent() && wait.get().compareTo(request.patience()) > 0) {
      throw ApiProblem.badRequest(
          "wait: %s (expected: at most %s)"
              .formatted(wait.get(), Durations.format(request.patience())));
    }
    return wait;
  }

  /** A member as the proxies of its pool call it. */
  record Named(PoolId pool, String name) {}

  /**
   * What is waited for.
   *
   * @param pool whose proxies have to confirm it; absent for all
   * @param drained members whose last connections have to end
   */
  record Goal(Optional<PoolId> pool, long generation, Set<Named> drained) {
    Goal {
      drained = Set.copyOf(drained);
    }

    /** That the proxies of a pool confirm. */
    static Goal of(PoolId pool, long generation) {
      return new Goal(Optional.of(pool), generation, Set.of());
    }

    boolean reached(ProxyStatus status) {
      return status.progress().generation() >= generation
          && drained.stream().allMatch(it -> status.drainOf(it.pool(), it.name()).isEmpty());
    }
  }

  /**
   * The answer to a write: 202 where it was waited for and a proxy has not confirmed it in time.
   *
   * @param body what the answer says besides
   */
  Answer answer(Goal goal, Optional<Duration> wait, JsonObject body) throws InterruptedException {
    JsonObject answer = body.with("pool", goal.pool()).with("generation", goal.generation());
    if (wait.isEmpty()) {
      return Answer.ok(answer);
    }
    List<String> behind = behind(goal, wait.get());
    answer = answer.with("confirmed", behind.isEmpty()).with("waiting_for", behind);
    return new Answer.Json(behind.isEmpty() ? 200 : 202, answer);
  }

  /**
   * The answer to an addition: waited for is that the proxies carry the member, which they do only
   * after the first success of its check.
   */
  Answer added(MemberId member, long generation, Optional<Duration> wait, JsonObject body)
      throws InterruptedException {
    if (wait.isEmpty()) {
      return answer(Goal.of(member.pool(), generation), wait, body);
    }
    long deadline = view.time().nanos() + wait.get().toNanos();
    Optional<String> missing = missing(member);
    Duration left = wait.get();
    while (missing.isPresent() && left.isPositive()) {
      view.time().sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
      missing = missing(member);
      left = Duration.ofNanos(deadline - view.time().nanos());
    }
    if (missing.isPresent()) {
      JsonObject answer = body.with("pool", member.pool()).with("generation", generation);
      return new Answer.Json(
          202, answer.with("confirmed", false).with("waiting_for", List.of(missing.get())));
    }
    long carried = Math.max(generation, view.inputs().generation());
    return answer(Goal.of(member.pool(), carried), Optional.of(left), body);
  }

  /** Why no proxy shall carry a member; absent where they shall. */
  private Optional<String> missing(MemberId member) {
    Optional<PoolInputs> pool = Optional.ofNullable(view.inputs().pools().get(member.pool()));
    Optional<Roster.Entry> entry =
        pool.flatMap(inputs ->
            Roster.of(view, inputs).entries().stream()
                .filter(it -> it.id().equals(member))
                .findFirst());
    return entry.filter(it -> it.desired().isPresent()).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s: %s"
                .formatted(
                    member.address(),
                    entry.map(it -> it.because().detail()).orElse("the pool does not know it")));
  }

  /** Those that have not come so far when the time is over. */
  List<String> behind(Goal goal, Duration atMost) throws InterruptedException {
    long deadline = view.time().nanos() + atMost.toNanos();
    while (true) {
      Optional<ProxyView> behind =
          PoolJson.carriers(view, goal.pool())
              .filter(proxy -> !goal.reached(proxy.status()))
              .findFirst();
      Duration left = Duration.ofNanos(deadline - view.time().nanos());
      if (behind.isEmpty() || !left.isPositive()) {
        return PoolJson.carriers(view, goal.pool())
            .filter(proxy -> !goal.reached(proxy.status()))
            .map(proxy -> proxy.proxy().name().value())
            .toList();
      }
      var _ = behind.get().awaitStatus(goal::reached, left.compareTo(SLICE) < 0 ? left : SLICE);
    }
  }
}
