package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "release",
    description = "Lets go the members that the guard holds back in a pool.",
    footer = {"", "Example:", "  weir release web"})
final class ReleaseCommand extends WriteCommand {

  @Parameters(paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Option(names = "--deny", description = "Keep them instead, without end.")
  boolean deny;

  ReleaseCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) {
    return List.of(
        new Decision(
            "POST",
            "/v1/pools/%s/release".formatted(ApiClient.encoded(pool)),
            "",
            Optional.of(new JsonObject().with("deny", deny)),
            pool + (deny ? " keeps what is held" : " released")));
  }
}
