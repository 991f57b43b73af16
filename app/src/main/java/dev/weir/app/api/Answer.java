package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import java.io.IOException;

/** What a route answers. */
sealed interface Answer {

  /** An object. */
  record Json(int status, JsonObject body) implements Answer {}

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
