package dev.weir.source.docker;

import java.time.Duration;

/**
 * How an engine is asked.
 *
 * @param timeout for one answer
 * @param resync how often everything is listed, whether or not something happened
 * @param firstPause before the second try after a failure; doubled each time
 * @param longestPause the longest between two tries
 */
record Pace(Duration timeout, Duration resync, Duration firstPause, Duration longestPause) {

  /** An engine is on the same machine: asking it is cheap, and it answers soon or not at all. */
  static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  /** The pause after so many failures in a row, at least 1. */
  Duration pauseAfter(int failures) {
    Duration pause = firstPause;
    for (int i = 1; i < failures && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
