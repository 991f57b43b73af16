package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sync",
    description = "Looks at a proxy now, all of it, and repairs what is not as it shall be.",
    footer = {"", "Example:", "  weir sync edge"})
final class SyncCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Parameters(paramLabel = "PROXY", description = "The proxy.")
  String proxy = "";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long it may take; then the exit code is 5. Default: ${DEFAULT-VALUE}.")
  String timeout = "30s";

  SyncCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    Duration wait = WhyOptions.duration("--timeout", timeout);
    String target =
        "/v1/proxies/%s/sync?wait=%s"
            .formatted(ApiClient.encoded(proxy), ApiClient.encoded(timeout));
    JsonObject answer;
    try (Progress _ = Progress.show(shell(), output, "looking at " + proxy)) {
      answer =
          client
              .send(new ApiClient.Call("POST", target, Optional.empty(), PATIENCE.plus(wait)))
              .body();
    }
    if (!answer.isTrue("looked")) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT, "%s was not looked at within %s".formatted(proxy, timeout));
    }
    String why = ProxiesCommand.why(answer);
    boolean inStep = answer.isTrue("in_sync");
    output.print(
        shell(),
        answer,
        people ->
            people.out().println(proxy + (inStep ? " is in step" : " is not in step: " + why)));
    return inStep ? ExitCode.DONE : ExitCode.FAILED;
  }
}
