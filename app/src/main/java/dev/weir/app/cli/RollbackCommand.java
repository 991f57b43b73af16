package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description = {
      "Brings a proxy back to an earlier revision and pins it there.",
      "",
      "Weir's files of then are checked by the proxy, put in place, loaded and confirmed, byte for"
          + " byte; what the proxy refuses changes nothing. From then on the proxy is looked at and"
          + " not touched, whatever happens to members, until weir resume."
    },
    footer = {
      "",
      "Example:",
      "  weir history edge",
      "  weir rollback 17 --reason 'the new directives answer 502'",
      "  weir resume edge"
    })
final class RollbackCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Parameters(paramLabel = "REVISION", description = "Its number, as weir history shows it.")
  String revision = "";

  @Mixin WhyOptions why = new WhyOptions();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How long the proxy may take; then the exit code is 5. Default: ${DEFAULT-VALUE}.")
  String timeout = "60s";

  @Mixin JobOption job = new JobOption();

  RollbackCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    Duration wait = WhyOptions.duration("--timeout", timeout);
    if (job.job) {
      return job.leave(client, wanted(), new JobOption.Printing(shell(), output));
    }
    String target =
        "/v1/revisions/%s/rollback?wait=%s"
            .formatted(ApiClient.encoded(revision), ApiClient.encoded(timeout));
    ApiClient.Call call =
        new ApiClient.Call(
            "POST", target, Optional.of(why.into(new JsonObject())), PATIENCE.plus(wait));
    JsonObject answer;
    try (Progress _ = Progress.show(shell(), output, "waiting for the proxy")) {
      answer = client.send(call).body();
    }
    String proxy = answer.text("proxy").orElse("the proxy");
    if (!answer.isTrue("confirmed")) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT,
          "%s is pinned to revision %s and has not confirmed it within %s"
              .formatted(proxy, revision, timeout));
    }
    String done =
        "%s runs revision %s and stays there until weir resume %s"
            .formatted(proxy, revision, proxy);
    output.print(shell(), answer, people -> people.out().println(Terminal.safe(done)));
    return ExitCode.DONE;
  }

  private JsonObject wanted() throws CommandFailed {
    if (!revision.matches("[0-9]{1,18}")) {
      throw new CommandFailed(
          ExitCode.USAGE, "revision: %s (expected: a number)".formatted(Terminal.safe(revision)));
    }
    return why.into(
        new JsonObject().with("action", "rollback").with("revision", Long.parseLong(revision)));
  }
}
