package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "pause",
    description = "Leaves proxies alone: they are looked at, checked and planned, not touched.",
    footer = {"", "Example:", "  weir pause edge --for 1h --reason 'new certificates'"})
final class PauseCommand extends ClientCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "PROXY",
      description = "Proxies; all where none is named.")
  List<String> proxies = List.of();

  @Mixin WhyOptions why = new WhyOptions();

  PauseCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject body = why.into(new JsonObject().with("proxies", proxies));
    JsonObject answer = client.write("POST", "/v1/pauses", Optional.of(body));
    String whom = proxies.isEmpty() ? "every proxy" : String.join(", ", proxies);
    List<String> applying = answer.texts("applying");
    String rest =
        applying.isEmpty()
            ? ""
            : ", but a change is still under way at " + String.join(", ", applying);
    output.print(
        shell(), answer, people -> people.out().println(Terminal.safe(whom + " paused" + rest)));
    return ExitCode.DONE;
  }
}
