package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Lists what was applied to proxies, the newest first.",
    footer = {"", "Example:", "  weir history edge --limit 10"})
final class HistoryCommand extends LookCommand {

  @Parameters(arity = "0..1", paramLabel = "PROXY", description = "Only this proxy.")
  @Nullable String proxy;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  int limit = 20;

  HistoryCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    String query = proxy == null ? "" : "&proxy=" + ApiClient.encoded(proxy);
    JsonObject page = client.get("/v1/revisions?limit=%d%s".formatted(limit, query));
    Table table = new Table("REVISION", "PROXY", "AGE", "WAY", "TOOK", "CHANGES");
    for (JsonObject revision : page.objects("items")) {
      table.row(
          Long.toString(revision.number("number").orElse(0)),
          revision.text("proxy").orElse(""),
          Ages.since(revision.text("at")),
          revision.text("way").orElse(""),
          "%d ms".formatted(Math.round(revision.decimal("took_seconds").orElse(0) * 1000)),
          changes(revision.objects("changes")));
    }
    output.print(shell(), page, people -> table.print(people.out(), people.terminal()));
    return ExitCode.DONE;
  }

  private static String changes(List<JsonObject> changes) {
    if (changes.isEmpty()) {
      return "text around the members";
    }
    JsonObject first = changes.getFirst();
    String shown =
        "%s %s: %s, was %s"
            .formatted(
                first.text("pool").orElse(""),
                first.text("member").orElse(""),
                orNothing(first.text("after")),
                orNothing(first.text("before")));
    return changes.size() == 1 ? shown : "%s and %d more".formatted(shown, changes.size() - 1);
  }

  private static String orNothing(Optional<String> state) {
    return state.filter(text -> !text.isEmpty()).orElse("not there");
  }
}
