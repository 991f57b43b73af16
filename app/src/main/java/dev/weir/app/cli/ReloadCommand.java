package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reload",
    description = {
      "Has proxies loaded anew though nothing else calls for it, one after the other.",
      "",
      "Each is checked, reloaded and confirmed by its new processes before the next. A reload keeps"
          + " its distance from others and draws on the same budget; a paused proxy is refused."
    },
    footer = {"", "Example:", "  weir reload edge --reason 'new certificates'"})
final class ReloadCommand extends ClientCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "PROXY",
      description = "Proxies; all where none is named.")
  List<String> proxies = List.of();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; shown to others, and counted with the reload.")
  @Nullable String reason;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long it may take; then the exit code is 5. Default: ${DEFAULT-VALUE}.")
  String timeout = "2m";

  @Mixin JobOption job = new JobOption();

  ReloadCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject body =
        new JsonObject().with("action", "reload").with("reason", Optional.ofNullable(reason));
    if (!proxies.isEmpty()) {
      body = body.with("proxies", proxies);
    }
    if (job.job) {
      return job.leave(client, body, new JobOption.Printing(shell(), output));
    }
    JsonObject taken = JobOption.add(client, body, WhyOptions.duration("--timeout", timeout));
    JsonObject ended = JobOption.ended(client, taken);
    JobOption.check(ended);
    List<JsonObject> done =
        ended.object("result").map(result -> result.objects("items")).orElse(List.of());
    output.print(
        shell(),
        done,
        people ->
            done.forEach(one ->
                people
                    .out()
                    .println(Terminal.safe(one.text("proxy").orElse("?") + " is reloaded"))));
    return ExitCode.DONE;
  }
}
