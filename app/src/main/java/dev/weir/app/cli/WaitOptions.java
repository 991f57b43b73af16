package dev.weir.app.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether to wait until a decision has reached the proxies. */
final class WaitOptions {

  @Option(names = "--wait", description = "Wait until every proxy has confirmed it.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long --wait waits; then the exit code is 5. Default: ${DEFAULT-VALUE}.")
  String timeout = "30s";

  /** How long to wait for a confirmation; absent for not at all. */
  Optional<Duration> waits() throws CommandFailed {
    return wait ? Optional.of(WhyOptions.duration("--timeout", timeout)) : Optional.empty();
  }
}
