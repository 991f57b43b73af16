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
  @Mixin ForceOption force = new ForceOption();

  DisableCommand(Shell shell) {
    super(shell);
  }

  @Override
  JsonObject decided() throws CommandFailed {
    return force.into(why.into(new JsonObject().with("action", "disable")));
  }

  @Override
  String done() {
    return "disabled";
  }
}
