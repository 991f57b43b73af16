package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "members",
    description = {
      "Lists the members of a pool: state, weight, health, and why.",
      "It also says what the proxies that count say of each: sessions, their rate, requests that",
      "wait, errors, their own check."
    },
    footer = {"", "Example:", "  weir members web"})
final class MembersCommand extends LookCommand {

  @Parameters(paramLabel = "POOL", description = "The pool.")
  String pool = "";

  MembersCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    String path = "/v1/pools/" + ApiClient.encoded(pool);
    List<JsonObject> members = client.list(path + "/members");
    Loads loads = new Loads(client.get(path + "/servers").objects("items"));
    Table table = new Table("MEMBER", "ADDRESS", "STATE", "WEIGHT", "HEALTH", "SINCE", "WHY");
    for (JsonObject member : members) {
      table.row(
          member.text("name").orElse(""),
          member.text("address").orElse(""),
          member.text("state").orElse(""),
          weight(member),
          member.text("health").orElse(""),
          Ages.since(member.text("health_since")),
          member.object("because").flatMap(because -> because.text("detail")).orElse("")
              + loads.said(member));
      var _ = member.with("servers", loads.of(member));
    }
    output.print(shell(), members, shell -> table.print(shell.out(), shell.terminal()));
    return ExitCode.DONE;
  }

  private static String weight(JsonObject member) {
    OptionalLong weight = member.number("weight");
    String number = weight.isPresent() ? Long.toString(weight.getAsLong()) : "-";
    return member.isTrue("backup") ? number + " backup" : number;
  }
}
