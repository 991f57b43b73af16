package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "overrides",
    description = "Lists what operators decided and still holds.",
    footer = {"", "Example:", "  weir overrides --pool web"})
final class OverridesCommand extends LookCommand {

  @Option(names = "--pool", paramLabel = "POOL", description = "Only what concerns this pool.")
  @Nullable String pool;

  OverridesCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    String query = pool == null ? "" : "?pool=" + ApiClient.encoded(pool);
    List<JsonObject> overrides = client.list("/v1/overrides" + query);
    Table table = new Table("ID", "POOL", "WHOM", "ACTION", "NOW", "BY", "AGE", "UNTIL", "REASON");
    for (JsonObject override : overrides) {
      table.row(
          override.text("id").orElse(""),
          override.text("pool").orElse("(all)"),
          whom(override),
          action(override),
          members(override),
          override.text("by").orElse(""),
          Ages.since(override.text("at")),
          override.text("until").orElse("-"),
          override.text("reason").orElse(""));
    }
    output.print(shell(), overrides, shell -> table.print(shell.out(), shell.terminal()));
    return ExitCode.DONE;
  }

  private static String whom(JsonObject override) {
    return override
        .text("address")
        .or(() -> override.object("labels").map(OverridesCommand::labels))
        .orElse("");
  }

  private static String labels(JsonObject labels) {
    return labels.fields().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  private static String action(JsonObject override) {
    Optional<JsonObject> split = override.object("split");
    if (split.isPresent()) {
      String shares = labels(split.get().object("shares_percent").orElse(new JsonObject()));
      return "split %s: %s".formatted(split.get().text("by").orElse(""), shares);
    }
    OptionalLong weight = override.number("weight");
    String action = override.text("action").orElse("");
    return weight.isPresent() ? action + " " + weight.getAsLong() : action;
  }

  private static String members(JsonObject override) {
    long matches = override.number("matches").orElse(0);
    return matches == 0 ? "waiting" : matches == 1 ? "1 member" : matches + " members";
  }
}
