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
      "  weir drain web web1 --job --job-timeout 2h",
      "  weir drain --all-pools -l host=web7 --for 2h"
    })
final class DrainCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();
  @Mixin ForceOption force = new ForceOption();
  @Mixin JobOption job = new JobOption();

  DrainCommand(Shell shell) {
    super(shell);
  }

  @Override
  JsonObject decided() throws CommandFailed {
    return force.into(why.into(new JsonObject().with("action", "drain")));
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    if (!job.job) {
      return super.run(client);
    }
    JsonObject body = decisions(client).getFirst().body().orElseThrow();
    return job.leave(client, body, new JobOption.Printing(shell(), output));
  }

  @Override
  String done() {
    return "drained";
  }
}
