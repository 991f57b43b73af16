package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why something is decided, and for how long. */
final class WhyOptions {

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; shown to others.")
  @Nullable String reason;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "For how long, such as 30m; until it is taken back where not said.")
  @Nullable String howLong;

  /** The fields that say why and for how long. */
  JsonObject into(JsonObject body) throws CommandFailed {
    return body.with("reason", Optional.ofNullable(reason)).with("for_seconds", seconds());
  }

  /** The same as a query. */
  String query() throws CommandFailed {
    StringBuilder query = new StringBuilder();
    if (reason != null) {
      query.append("&reason=").append(ApiClient.encoded(reason));
    }
    if (howLong != null) {
      Duration checked = duration("--for", howLong);
      query.append("&for=").append(ApiClient.encoded(Durations.format(checked)));
    }
    return query.toString();
  }

  private Optional<Duration> seconds() throws CommandFailed {
    return howLong == null ? Optional.empty() : Optional.of(duration("--for", howLong));
  }

  static Duration duration(String option, String text) throws CommandFailed {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "%s: %s (expected: a duration such as 30m)".formatted(option, Terminal.safe(text)));
    }
  }
}
