package dev.weir.app.api;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param idle after which a connection on which nothing moves is closed
 * @param bodyBytes of a request
 * @param headerBytes of a request
 * @param connections at once, per listener; for one more, the one goes that has been silent longest
 */
public record Limits(Duration idle, int bodyBytes, int headerBytes, int connections) {

  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(60), 1 << 20, 8 << 10, 256);
}
