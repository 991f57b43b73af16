package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.stream.Collectors;

/** Turns the API's problems into failures of commands. */
final class Refusals {

  private Refusals() {}

  static CommandFailed of(int status, JsonObject problem) {
    String detail = Terminal.safe(problem.text("detail").orElse("the answer was " + status));
    String candidates =
        problem.objects("candidates").stream()
            .map(Refusals::candidate)
            .collect(Collectors.joining(", "));
    String message = candidates.isEmpty() ? detail : detail + ": " + candidates;
    return new CommandFailed(exitCode(status), message, problem.text("hint").map(Terminal::safe));
  }

  /** A member among several that could have been meant. */
  static String candidate(JsonObject member) {
    return Terminal.safe(
        "%s (%s)".formatted(member.text("name").orElse("?"), member.text("address").orElse("?")));
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 400, 415, 413 -> ExitCode.USAGE;
      case 401, 403, 409 -> ExitCode.REFUSED;
      default -> ExitCode.FAILED;
    };
  }
}
