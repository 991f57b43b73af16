package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/** What a route answers. */
sealed interface Answer {

  /**
   * An object.
   *
   * @param headers besides those that every answer has
   */
  record Json(int status, JsonObject body, Map<String, String> headers) implements Answer {

    /** An object without further headers. */
    Json(int status, JsonObject body) {
      this(status, body, Map.of());
    }
  }

  /** Another text. */
  record Text(int status, String contentType, String body) implements Answer {}

  /** Server-sent events, as long as the pump runs. */
  record Events(Pump pump) implements Answer {}

  static Answer ok(JsonObject body) {
    return new Json(200, body);
  }

  /** Writes a stream until the other side goes or the server stops (an interrupt). */
  @FunctionalInterface
  interface Pump {
    void run(Sink sink) throws IOException, InterruptedException;
  }

  /** Where a stream goes. */
  @FunctionalInterface
  interface Sink {
    /** Writes and flushes. */
    void send(String text) throws IOException;
  }
}
