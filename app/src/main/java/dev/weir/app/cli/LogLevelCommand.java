package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "log-level",
    description = "Says or changes how much a running Weir logs; a restart forgets it.",
    footer = {
      "",
      "Examples:",
      "  weir log-level",
      "  weir log-level debug --logger dev.weir.driver.haproxy --for 10m"
    })
final class LogLevelCommand extends ClientCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace; without it, the levels are listed.")
  @Nullable String level;

  @Option(
      names = "--logger",
      paramLabel = "NAME",
      defaultValue = "dev.weir",
      description = "Of what: a package or class. Default: ${DEFAULT-VALUE}, all of Weir.")
  String logger = "dev.weir";

  @Mixin WhyOptions why = new WhyOptions();

  LogLevelCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    if (level == null) {
      list(client);
      return ExitCode.DONE;
    }
    JsonObject body = new JsonObject().with("logger", logger).with("level", level);
    JsonObject set = client.write("PATCH", "/v1/log_levels", Optional.of(why.into(body)));
    String until = set.text("until").map(it -> " until " + it).orElse("");
    String line = "%s logs %s%s".formatted(logger, set.text("level").orElse(""), until);
    output.print(shell(), set, people -> people.out().println(Terminal.safe(line)));
    return ExitCode.DONE;
  }

  private void list(ApiClient client) throws CommandFailed {
    List<JsonObject> levels = client.get("/v1/log_levels").objects("items");
    Table table = new Table("LOGGER", "LEVEL", "UNTIL");
    for (JsonObject one : levels) {
      table.row(
          one.text("logger").orElse(""),
          one.text("level").orElse(""),
          one.text("until").orElse("-"));
    }
    output.print(shell(), levels, people -> table.print(people.out(), people.terminal()));
  }
}
