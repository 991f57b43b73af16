package dev.weir.driver.haproxy;

import dev.weir.model.Quoted;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HAProxy's own check of the user's files together with a text of Weir's. */
final class ConfigCheck {

  /** Half a second of work at 10,000 servers; certificates may add to it. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private static final Pattern ALERT = Pattern.compile("\\[ALERT]\\s+\\(\\d+\\) : (.*)");
  private static final Pattern PLACE = Pattern.compile("\\[(/[^\\]]*:[0-9]+)\\]");
  private static final Pattern SUMMARY =
      Pattern.compile("config : (Error\\(s\\) found in|Fatal errors found in).*");

  private final HaproxyOptions options;

  ConfigCheck(HaproxyOptions options) {
    this.options = options;
  }

  /**
   * What HAProxy refuses.
   *
   * @param alerts its own words, the staged file under the name of its target; never empty
   */
  record Refusal(List<String> alerts) {
    Refusal {
      alerts = List.copyOf(alerts);
    }

    String message() {
      return alerts.getFirst();
    }

    /** {@code FILE:LINE}, where the first alert names one. */
    Optional<String> place() {
      Matcher matcher = PLACE.matcher(message());
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
  }

  /**
   * Checks the user's files and this one after them.
   *
   * @param candidate Weir's file, or what is staged for it
   * @return empty when all is well
   * @throws IOException when the check itself did not work
   */
  Optional<Refusal> check(Path candidate) throws IOException, InterruptedException {
    ProgramResult result = Programs.run(options.checkCommand(candidate), MOST);
    return switch (result) {
      case Exited exited when exited.succeeded() -> Optional.empty();
      case Exited exited -> Optional.of(refusal(exited, candidate));
      case ProgramResult.TimedOut late ->
          throw new IOException(
              "%s -c has not ended after %ss"
                  .formatted(options.binary(), late.after().toSeconds()));
      case ProgramResult.NotStarted missing ->
          throw new IOException(
              "%s: %s (expected: HAProxy's program; set binary)"
                  .formatted(options.binary(), missing.reason()));
    };
  }

  /** The line of {@code -v} that names the version. */
  Optional<String> version() throws InterruptedException {
    ProgramResult result = Programs.run(List.of(options.binary(), "-v"), MOST);
    return result instanceof Exited exited && exited.succeeded()
        ? exited.output().out().lines().findFirst()
        : Optional.empty();
  }

  private Refusal refusal(Exited exited, Path candidate) {
    String text =
        exited.output().text().replace(candidate.toString(), options.backends().toString());
    List<String> alerts =
        text.lines()
            .map(ALERT::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1).strip())
            .filter(line -> !SUMMARY.matcher(line).matches())
            .map(line -> line.replaceFirst("^config : ", ""))
            .toList();
    return new Refusal(
        alerts.isEmpty()
            ? List.of("exit code %d: %s".formatted(exited.code(), Quoted.of(text)))
            : alerts);
  }
}
