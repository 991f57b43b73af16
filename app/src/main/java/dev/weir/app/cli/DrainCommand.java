package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drain",
    description = "Gives members no new connections and lets them finish the others, until enable.",
    footer = {
      "",
      "With --wait it returns when their last connections have ended, in every proxy that",
      "counts them, or when the pool's drain deadline has ended the rest.",
      "",
      "Example:",
      "  weir drain web web1 --wait --timeout 10m",
      "  weir drain --all-pools -l host=web7 --for 2h"
    })
final class DrainCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();
  @Mixin ForceOption force = new ForceOption();

  DrainCommand(Shell shell) {
    super(shell);
  }

  @Override
  JsonObject decided() throws CommandFailed {
    return force.into(why.into(new JsonObject().with("action", "drain")));
  }

  @Override
  String done() {
    return "drained";
  }
}
