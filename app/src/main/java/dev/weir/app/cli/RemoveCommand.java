package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "remove",
    description = "Takes members out of the pool, also discovered ones, until add.",
    footer = {"", "Example:", "  weir remove web web1 --reason decommissioned"})
final class RemoveCommand extends MemberCommand {

  @Mixin WhyOptions why = new WhyOptions();
  @Mixin ForceOption force = new ForceOption();

  RemoveCommand(Shell shell) {
    super(shell);
  }

  @Override
  JsonObject decided() throws CommandFailed {
    return force.into(why.into(new JsonObject().with("action", "remove")));
  }

  @Override
  String done() {
    return "removed";
  }

  /** One by one: of a member that only an operator added, the addition is taken back. */
  @Override
  List<Decision> byName(ApiClient client) throws CommandFailed {
    List<Decision> decisions = new ArrayList<>();
    for (JsonObject member : found(client)) {
      decisions.add(
          new Decision(
              "DELETE",
              MemberLookup.path(pool, member),
              why.query() + force.query(),
              Optional.empty(),
              List.of("%s %s removed".formatted(pool, name(member)))));
    }
    return decisions;
  }
}
