package dev.weir.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "clear",
    description = "Takes back what operators decided, by the ids that overrides lists.",
    footer = {"", "Example:", "  weir clear 3f2a9c01b7de"})
final class ClearCommand extends WriteCommand {

  @Parameters(arity = "1..*", paramLabel = "ID", description = "As weir overrides shows them.")
  List<String> ids = List.of();

  ClearCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) {
    return ids.stream()
        .map(id ->
            new Decision(
                "DELETE",
                "/v1/overrides/" + ApiClient.encoded(id),
                "",
                Optional.empty(),
                List.of(id + " cleared")))
        .toList();
  }
}
