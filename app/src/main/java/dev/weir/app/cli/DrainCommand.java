package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drain",
    description = "Gives members no new connections and lets them finish the others, until enable.",
    footer = {"", "Example:", "  weir drain web web1 --wait"})
final class DrainCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();

  DrainCommand(Shell shell) {
    super(shell);
  }

  @Override
  Decision decision(JsonObject member) throws CommandFailed {
    return patch(member, why.into(new JsonObject().with("state", "drain")), "drained");
  }
}
