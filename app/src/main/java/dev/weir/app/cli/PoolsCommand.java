package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "pools",
    description = "Lists the pools with how many members are in, out and why.",
    footer = {"", "Example:", "  weir pools -o json"})
final class PoolsCommand extends LookCommand {

  PoolsCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    List<JsonObject> pools = client.list("/v1/pools");
    Table table = new Table("POOL", "READY", "DRAIN", "MAINT", "ABSENT", "PROXIES", "NOTE");
    for (JsonObject pool : pools) {
      table.row(
          pool.text("name").orElse(""),
          count(pool, "ready"),
          count(pool, "drain"),
          count(pool, "maint"),
          count(pool, "absent"),
          String.join(",", pool.texts("proxies")),
          note(pool));
    }
    output.print(shell(), pools, shell -> table.print(shell.out(), shell.terminal()));
    return ExitCode.DONE;
  }

  /** What of a pool wants to be looked at; empty where nothing does. */
  static String note(JsonObject pool) {
    List<String> notes = new ArrayList<>();
    if (count(pool, "ready").equals("0")) {
      notes.add("no member is ready");
    }
    if (!pool.isTrue("settled")) {
      notes.add("a required source has not reported");
    }
    if (pool.number("held").orElse(0) > 0) {
      notes.add(pool.number("held").orElse(0) + " held against discovery");
    }
    if (pool.number("kept").orElse(0) > 0) {
      notes.add(pool.number("kept").orElse(0) + " kept against their checks");
    }
    return String.join("; ", notes);
  }

  static String count(JsonObject pool, String state) {
    return Long.toString(pool.object("members").orElse(new JsonObject()).number(state).orElse(0));
  }
}
