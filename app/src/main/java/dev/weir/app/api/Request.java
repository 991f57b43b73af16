package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Author;
import dev.weir.model.Quoted;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request as a route sees it.
 *
 * @param path the values of the path's parameters
 * @param query the first value of each parameter
 * @param headers by lower-case name
 * @param body empty when there is none
 * @param id echoed in the answer
 * @param patience how long it may wait for what it asks for
 */
record Request(
    Caller caller,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    String id,
    Duration patience) {

  /** One that somebody waits for. */
  Request(
      Caller caller,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      String body,
      String id) {
    this(caller, path, query, headers, body, id, Confirmation.LONGEST);
  }

  /** Who asks, for the journal. */
  Author author() {
    return new Author(caller.who(), Optional.of(id));
  }

  /** What the same caller asks of another route. */
  Request as(Map<String, String> newPath, Map<String, String> newQuery, JsonObject newBody) {
    return new Request(caller, newPath, newQuery, Map.of(), Json.write(newBody), id);
  }

  /** A parameter of the path. */
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /** A parameter of the query; absent when it is absent or empty. */
  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  /** A duration in the query. */
  Optional<Duration> duration(String name) throws ApiProblem {
    String text = query.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Durations.parse(text));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest(
          "%s: %s (expected: a duration such as 30s)".formatted(name, Quoted.of(text)));
    }
  }

  /** A whole number in the query. */
  long number(String name, long otherwise, long most) throws ApiProblem {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
      throw ApiProblem.badRequest(
          "%s: %s (expected: a number, at most %d)".formatted(name, Quoted.of(text), most));
    }
    return Long.parseLong(text);
  }

  /**
   * The body as an object.
   *
   * @param known the fields it may have
   */
  JsonObject json(Set<String> known) throws ApiProblem {
    try {
      JsonObject object = body.isBlank() ? new JsonObject() : Json.readObject(body);
      for (String key : object.fields().keySet()) {
        if (!known.contains(key)) {
          throw ApiProblem.badRequest(
              "%s (expected: one of %s)"
                  .formatted(Quoted.of(key), String.join(", ", new TreeSet<>(known))));
        }
      }
      return object;
    } catch (JsonException e) {
      throw ApiProblem.badRequest("body: " + e.getMessage());
    }
  }

  /** Refuses what the query has beyond what the route knows. */
  void checkQuery(Set<String> known) throws ApiProblem {
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw ApiProblem.badRequest(
            "parameter %s (expected: %s)"
                .formatted(
                    Quoted.of(name),
                    known.isEmpty()
                        ? "none"
                        : "one of " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
