package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = "Keeps paused proxies in step again.",
    footer = {"", "Example:", "  weir resume edge"})
final class ResumeCommand extends ClientCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "PROXY",
      description = "Proxies; where none is named, every pause ends.")
  List<String> proxies = List.of();

  ResumeCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    List<JsonObject> answers = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    if (proxies.isEmpty()) {
      answers.add(client.write("DELETE", "/v1/pauses", Optional.empty()));
      JsonObject all = answers.getFirst();
      lines.add(
          all.text("still").map(why -> "every proxy still " + why).orElse("every proxy resumed"));
    }
    for (String proxy : proxies) {
      JsonObject answer =
          client.write("DELETE", "/v1/pauses/" + ApiClient.encoded(proxy), Optional.empty());
      answers.add(answer);
      lines.add(proxy + answer.text("still").map(why -> " still " + why).orElse(" resumed"));
    }
    output.print(
        shell(),
        answers,
        people -> lines.forEach(line -> people.out().println(Terminal.safe(line))));
    return ExitCode.DONE;
  }
}
