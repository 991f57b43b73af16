package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;

@Command(
    name = "sources",
    description = "Lists where members are discovered, when each last reported, and what ails it.",
    footer = {"", "Example:", "  weir sources"})
final class SourcesCommand extends LookCommand {

  SourcesCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    List<JsonObject> sources = new ArrayList<>(client.list("/v1/sources"));
    Table table = new Table("SOURCE", "UP", "MEMBERS", "AGE", "REQUIRED", "WHY");
    for (JsonObject source : sources) {
      OptionalLong members = source.number("members");
      table.row(
          source.text("name").orElse(""),
          source.isTrue("up") ? "yes" : "no",
          members.isPresent() ? Long.toString(members.getAsLong()) : "-",
          Ages.since(source.text("last_report")),
          source.isTrue("required") ? "yes" : "optional",
          note(source));
    }
    for (JsonObject set : client.list("/v1/pool_sets")) {
      sources.add(set);
      table.row(
          set.text("source").orElse(""),
          set.isTrue("up") ? "yes" : "no",
          pools(set),
          Ages.since(set.text("last_report")),
          "",
          note(set));
    }
    output.print(shell(), sources, shell -> table.print(shell.out(), shell.terminal()));
    return ExitCode.DONE;
  }

  /** How many pools a set has, and how many of them are not named any more. */
  private static String pools(JsonObject set) {
    long gone = set.number("held").orElse(0) + set.number("lingering").orElse(0);
    String named = set.number("pools").orElse(0) + " pools";
    return gone == 0 ? named : named + ", " + gone + " gone";
  }

  /** What ails a source, else what it remarks. */
  private static String note(JsonObject source) {
    String why = why(source);
    return why.isEmpty() ? String.join("; ", source.texts("remarks")) : why;
  }

  /** What ails a source; empty where nothing does. */
  static String why(JsonObject source) {
    if (source.text("failure").isPresent()) {
      return source.text("failure").orElse("")
          + ", for "
          + Ages.since(source.text("failing_since"));
    }
    if (source.isTrue("from_disk")) {
      return "remembered from before the start, has not reported yet";
    }
    return source.isTrue("up") ? "" : "has not reported yet";
  }
}
