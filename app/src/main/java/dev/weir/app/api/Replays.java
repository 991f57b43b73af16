package dev.weir.app.api;

import dev.weir.engine.keeper.Refused;
import dev.weir.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Answers a write that is sent again with the same {@code Idempotency-Key} as the first time, and
 * does not do it again. Keeps the newest thousand answers, in memory: what a restart forgets is
 * what was decided before it, and decisions say what shall be, so that taking one again changes
 * nothing. Safe for any thread.
 */
final class Replays {

  private static final int KEPT = 1_000;
  private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Kept> kept = new LinkedHashMap<>(); // oldest first; guarded by lock

  private record Key(String who, String key) {}

  /**
   * What is kept of a request.
   *
   * @param answer absent while it is being worked out
   */
  private record Kept(String request, Optional<Answer> answer) {}

  /** Answers a request, by its handler where it is the first with its key. */
  Answer answer(Route route, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<String> text = request.header("idempotency-key");
    if (!route.method().writes() || text.isEmpty()) {
      return route.handler().handle(request);
    }
    Key key = new Key(request.caller().who(), checked(text.get()));
    Optional<Answer> known = begin(key, what(route, request));
    return known.isPresent() ? known.get() : first(key, route, request);
  }

  private Answer first(Key key, Route route, Request request)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    Optional<Answer> answer = Optional.empty();
    try {
      answer = Optional.of(route.handler().handle(request));
      return answer.get();
    } finally {
      end(key, what(route, request), answer);
    }
  }

  private static String checked(String key) throws ApiProblem {
    if (!KEY.matcher(key).matches()) {
      throw ApiProblem.badRequest(
          "Idempotency-Key (expected: 1 to 128 visible characters of ASCII)");
    }
    return key;
  }

  private Optional<Answer> begin(Key key, String what) throws ApiProblem {
    lock.lock();
    try {
      Optional<Kept> former = Optional.ofNullable(kept.get(key));
      if (former.isEmpty()) {
        kept.put(key, new Kept(what, Optional.empty()));
        return Optional.empty();
      }
      if (!former.get().request().equals(what)) {
        throw new ApiProblem(
                422, "key-reused", "this Idempotency-Key was sent with another request")
            .hint("a new key for each new request");
      }
      if (former.get().answer().isEmpty()) {
        throw new ApiProblem(409, "in-progress", "the first request with this key is not answered")
            .hint("ask again in a moment");
      }
      return former.get().answer();
    } finally {
      lock.unlock();
    }
  }

  /** What failed may be tried again with the same key. */
  private void end(Key key, String what, Optional<Answer> answer) {
    lock.lock();
    try {
      if (answer.isEmpty()) {
        var _ = kept.remove(key);
        return;
      }
      kept.put(key, new Kept(what, answer));
      if (kept.size() > KEPT) {
        var _ = kept.remove(kept.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private static String what(Route route, Request request) {
    return "%s %s %s %s %s"
        .formatted(
            route.method(),
            route.path(),
            new TreeMap<>(request.path()),
            new TreeMap<>(request.query()),
            request.body());
  }
}
