package dev.weir.consul;

import java.time.Duration;

/**
 * How long questions wait.
 *
 * @param answer for an answer that the agent does not hold back
 * @param hold how long the agent holds a question while nothing changes; it takes up to a sixteenth
 *     more
 */
public record Waiting(Duration answer, Duration hold) {

  /** One question a minute while nothing changes. */
  public static final Waiting USUAL = new Waiting(Duration.ofSeconds(5), Duration.ofMinutes(1));
}
