package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A part of a list. The cursor names the last item given out, so that what comes and goes meanwhile
 * neither repeats nor hides another.
 */
record Page(String after, int limit) {

  static final Set<String> PARAMETERS = Set.of("limit", "cursor");

  private static final int USUAL = 1_000;
  private static final int MOST = 10_000;

  static Page of(Request request) throws ApiProblem {
    int limit = (int) request.number("limit", USUAL, MOST);
    if (limit == 0) {
      throw ApiProblem.badRequest("limit: 0 (expected: 1 to %d)".formatted(MOST));
    }
    return new Page(decoded(request.query("cursor").orElse("")), limit);
  }

  /**
   * The answer for this page.
   *
   * @param all in ascending order of their keys
   */
  <T> Answer answer(List<T> all, Function<T, String> key, Function<T, JsonObject> json) {
    List<T> rest =
        after.isEmpty()
            ? all
            : all.stream().filter(item -> key.apply(item).compareTo(after) > 0).toList();
    List<T> shown = rest.subList(0, Math.min(limit, rest.size()));
    JsonObject answer = new JsonObject().withEach("items", shown, json);
    return Answer.ok(
        shown.size() < rest.size()
            ? answer.with("next", encoded(key.apply(shown.getLast())))
            : answer.withNull("next"));
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) throws ApiProblem {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("cursor (expected: next of an earlier answer, unchanged)");
    }
  }
}
