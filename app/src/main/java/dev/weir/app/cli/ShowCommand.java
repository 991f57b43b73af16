package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Prints Weir's files of a proxy as they were with a revision.",
    footer = {"", "Example:", "  weir show 17"})
final class ShowCommand extends ClientCommand {

  @Parameters(paramLabel = "REVISION", description = "Its number, as weir history shows it.")
  String revision = "";

  ShowCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject found = client.get("/v1/revisions/" + ApiClient.encoded(revision));
    List<JsonObject> files = found.objects("files");
    output.print(
        shell(),
        found,
        people -> {
          for (JsonObject file : files) {
            if (files.size() > 1) {
              people.out().println("==> " + file.text("file").orElse("") + " <==");
            }
            people.out().print(Terminal.safeLines(file.text("text").orElse("")));
          }
        });
    return ExitCode.DONE;
  }
}
