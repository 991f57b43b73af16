package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Says at a glance whether all is well, and what is not.",
    footer = {"", "Example:", "  weir status"})
final class StatusCommand extends LookCommand {

  @Option(
      names = "--check",
      description = "For scripts: the exit code is 3 when something needs attention.")
  boolean check;

  StatusCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject status = client.get("/v1/status");
    output.print(shell(), status, shell -> print(shell.out(), status));
    return check && !troubles(status).isEmpty() ? ExitCode.DIFFERS : ExitCode.DONE;
  }

  private static void print(PrintWriter out, JsonObject status) {
    List<JsonObject> pools = status.objects("pools");
    List<JsonObject> proxies = status.objects("proxies");
    List<JsonObject> sources = status.objects("sources");
    out.println(
        "weir %s is %s, generation %d"
            .formatted(
                Terminal.safe(status.text("version").orElse("")),
                status.isTrue("ready") ? "ready" : "not ready",
                status.number("generation").orElse(0)));
    out.println(
        "%d of %d proxies in step, %d of %d sources up, %d of %d members ready in %d %s"
            .formatted(
                proxies.stream().filter(proxy -> proxy.isTrue("in_sync")).count(),
                proxies.size(),
                sources.stream().filter(source -> source.isTrue("up")).count(),
                sources.size(),
                members(pools, List.of("ready")),
                members(pools, List.of("ready", "drain", "maint", "absent")),
                pools.size(),
                pools.size() == 1 ? "pool" : "pools"));
    List<String> troubles = troubles(status);
    troubles.forEach(trouble -> out.println("! " + Terminal.block(trouble)));
    if (troubles.isEmpty()) {
      out.println("nothing needs attention");
    }
  }

  private static long members(List<JsonObject> pools, List<String> states) {
    return pools.stream()
        .mapToLong(pool ->
            states.stream()
                .mapToLong(state -> Long.parseLong(PoolsCommand.count(pool, state)))
                .sum())
        .sum();
  }

  private static List<String> troubles(JsonObject status) {
    List<String> troubles = new ArrayList<>(status.texts("reasons"));
    status
        .text("configuration_problem")
        .filter(problem -> troubles.stream().noneMatch(trouble -> trouble.contains(problem)))
        .ifPresent(
            problem -> troubles.add("the configuration as it is now is not in use: " + problem));
    for (JsonObject proxy : status.objects("proxies")) {
      if (!ProxiesCommand.why(proxy).isEmpty()) {
        troubles.add(
            "proxy %s: %s".formatted(proxy.text("name").orElse(""), ProxiesCommand.why(proxy)));
      }
    }
    for (JsonObject pool : status.objects("pools")) {
      if (!PoolsCommand.note(pool).isEmpty()) {
        troubles.add(
            "pool %s: %s".formatted(pool.text("name").orElse(""), PoolsCommand.note(pool)));
      }
    }
    for (JsonObject source : status.objects("sources")) {
      if (!SourcesCommand.why(source).isEmpty()) {
        troubles.add(
            "source %s: %s".formatted(source.text("name").orElse(""), SourcesCommand.why(source)));
      }
    }
    return troubles;
  }
}
