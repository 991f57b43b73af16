package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
    name = "proxies",
    description = "Lists the proxies: whether each runs what it shall, and if not, why.",
    footer = {"", "Example:", "  weir proxies"})
final class ProxiesCommand extends LookCommand {

  ProxiesCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    List<JsonObject> proxies = client.list("/v1/proxies");
    Table table =
        new Table(
            "PROXY",
            "KIND",
            "VERSION",
            "IS",
            "IN SYNC",
            "GENERATION",
            "POOLS",
            "NEW MEMBERS",
            "WHY");
    for (JsonObject proxy : proxies) {
      JsonObject condition = proxy.object("condition").orElse(new JsonObject());
      table.row(
          proxy.text("name").orElse(""),
          proxy.text("kind").orElse(""),
          condition.text("version").orElse("-"),
          condition.text("is").orElse("-"),
          proxy.isTrue("in_sync") ? "yes" : "no",
          Long.toString(proxy.number("generation").orElse(0)),
          String.join(",", proxy.texts("pools")),
          ways(proxy),
          why(proxy));
    }
    output.print(shell(), proxies, shell -> table.print(shell.out(), shell.terminal()));
    return ExitCode.DONE;
  }

  /** How new members come in: only the pools that need something else than the run time. */
  static String ways(JsonObject proxy) {
    List<JsonObject> ways = proxy.objects("ways");
    String others =
        ways.stream()
            .filter(way -> !"run_time".equals(way.text("way").orElse("")))
            .map(way ->
                "%s: %s, as %s"
                    .formatted(
                        way.text("pool").orElse(""),
                        way.text("way").orElse(""),
                        way.text("why").orElse("")))
            .collect(Collectors.joining("; "));
    return ways.isEmpty() ? "-" : others.isEmpty() ? "at run time" : others;
  }

  /**
   * Why a proxy is paused, or not in step, with its own words where it refused; empty where it is
   * neither.
   */
  static String why(JsonObject proxy) {
    return Stream.of(proxy.text("paused").orElse(""), behind(proxy))
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String behind(JsonObject proxy) {
    if (proxy.isTrue("in_sync")) {
      return "";
    }
    String reason = proxy.object("sync").flatMap(sync -> sync.text("reason")).orElse("");
    return proxy
        .object("last_outcome")
        .filter(outcome -> outcome.text("is").filter("applied"::equals).isEmpty())
        .flatMap(outcome -> outcome.text("message"))
        .filter(message -> !reason.contains(message))
        .map(message -> reason + ": " + message)
        .orElse(reason);
  }
}
