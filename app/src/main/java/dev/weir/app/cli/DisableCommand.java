package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "disable",
    description = "Takes members out at once: no traffic at all, until enable.",
    footer = {"", "Example:", "  weir disable web web1 --reason 'disk full' --for 2h"})
final class DisableCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();

  DisableCommand(Shell shell) {
    super(shell);
  }

  @Override
  Decision decision(JsonObject member) throws CommandFailed {
    return patch(member, why.into(new JsonObject().with("state", "maint")), "disabled");
  }
}
