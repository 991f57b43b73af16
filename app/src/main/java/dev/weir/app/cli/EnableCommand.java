package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Command;

@Command(
    name = "enable",
    description = "Takes back disable and drain: health decides again.",
    footer = {"", "Example:", "  weir enable web web1 --wait"})
final class EnableCommand extends MemberCommand {

  EnableCommand(Shell shell) {
    super(shell);
  }

  @Override
  Decision decision(JsonObject member) {
    return patch(member, new JsonObject().with("state", "ready"), "enabled");
  }
}
