package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = "Shows how Weir's files of a proxy differ between two revisions.",
    footer = {
      "",
      "Exit code: 0 they do not differ, 3 they do.",
      "",
      "Example:",
      "  weir diff 16 17"
    })
final class DiffCommand extends ClientCommand {

  @Parameters(index = "0", paramLabel = "FROM", description = "The older revision.")
  String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The newer revision.")
  String to = "";

  DiffCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject found =
        client.get(
            "/v1/revisions/%s/diff?from=%s"
                .formatted(ApiClient.encoded(to), ApiClient.encoded(from)));
    List<JsonObject> diffs = found.objects("diffs");
    output.print(
        shell(),
        found,
        people ->
            diffs.forEach(
                diff -> people.out().print(Terminal.safeLines(diff.text("diff").orElse("")))));
    return diffs.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERS;
  }
}
