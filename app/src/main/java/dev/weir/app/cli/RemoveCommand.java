package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "remove",
    description = "Takes members out of the pool, also discovered ones, until add.",
    footer = {"", "Example:", "  weir remove web web1 --reason decommissioned"})
final class RemoveCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();

  RemoveCommand(Shell shell) {
    super(shell);
  }

  @Override
  Decision decision(JsonObject member) throws CommandFailed {
    return new Decision(
        "DELETE",
        MemberLookup.path(pool, member),
        why.query(),
        Optional.empty(),
        said(member, "removed"));
  }
}
