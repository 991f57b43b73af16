package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "weight",
    description = "Gives a member this weight, whatever its source says; auto takes that back.",
    footer = {"", "Example:", "  weir weight web web1 10"})
final class WeightCommand extends WriteCommand {

  @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1",
      paramLabel = "MEMBER",
      description = "The member, by name, address or the unique beginning of one.")
  String member = "";

  @Parameters(index = "2", paramLabel = "N|auto", description = "1 to 256, or auto.")
  String weight = "";

  @Mixin WhyOptions why = new WhyOptions();

  WeightCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    Object checked = checked();
    JsonObject found = new MemberLookup(client, pool).find(member);
    return List.of(
        new Decision(
            "PATCH",
            MemberLookup.path(pool, found),
            "",
            Optional.of(why.into(new JsonObject().with("weight", checked))),
            "%s %s has weight %s".formatted(pool, found.text("name").orElse(""), weight)));
  }

  private Object checked() throws CommandFailed {
    if (weight.equals("auto")) {
      return weight;
    }
    if (weight.matches("0+")) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "weight: 0 (expected: 1 to 256)",
          Optional.of("use drain: weir drain %s %s".formatted(pool, Terminal.safe(member))));
    }
    if (!weight.matches("[0-9]{1,3}") || Integer.parseInt(weight) > 256) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "weight: %s (expected: 1 to 256, or auto)".formatted(Terminal.safe(weight)));
    }
    return Integer.parseInt(weight);
  }
}
