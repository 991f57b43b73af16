package dev.weir.app.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether to look once, or again and again. */
final class WatchOptions {

  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Option(
      names = {"-w", "--watch"},
      description = "Look again and again, until interrupted.")
  boolean watch;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "2s",
      description = "How often --watch looks. Default: ${DEFAULT-VALUE}.")
  String every = "2s";

  /** How long to wait between two looks. */
  Duration pause() throws CommandFailed {
    Duration pause = WhyOptions.duration("--every", every);
    if (pause.compareTo(SHORTEST) < 0) {
      throw new CommandFailed(
          ExitCode.USAGE, "--every: %s (expected: at least 100ms)".formatted(every));
    }
    return pause;
  }
}
