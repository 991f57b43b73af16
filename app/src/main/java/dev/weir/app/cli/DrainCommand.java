package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
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
      "  weir drain web web1 --wait --timeout 10m"
    })
final class DrainCommand extends MemberCommand {

  /** Of the members, so that all are waited for together. */
  private final List<String> names = new ArrayList<>();

  @Mixin WhyOptions why = new WhyOptions();

  DrainCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    List<Decision> decisions = super.decisions(client);
    String all = "&drained=" + ApiClient.encoded(String.join(",", names));
    return decisions.stream().map(decision -> decision.asking(all)).toList();
  }

  @Override
  Decision decision(JsonObject member) throws CommandFailed {
    names.add(member.text("name").orElse(""));
    return patch(member, why.into(new JsonObject().with("state", "drain")), "drained");
  }
}
