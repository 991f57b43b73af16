package dev.weir.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times as people read them: how long ago. */
final class Ages {

  private Ages() {}

  /** {@code 12s}, {@code 3m}, {@code 5h}, {@code 2d} since a time as the API writes it. */
  static String since(Optional<String> time) {
    try {
      return time.map(text -> of(Duration.between(Instant.parse(text), Instant.now()))).orElse("-");
    } catch (DateTimeException e) {
      return "-";
    }
  }

  /** In the one unit that says most. */
  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
