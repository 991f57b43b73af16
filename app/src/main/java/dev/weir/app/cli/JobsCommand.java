package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "jobs",
    description = "Lists long things that Weir was told to do; with ID, what became of one.",
    footer = {
      "",
      "A job is in-queue until it is its turn (jobs that share a pool are done one after the",
      "other), waiting once it has begun, then finished or failed. Jobs survive a restart.",
      "",
      "Example:",
      "  weir drain web web1 --job --job-timeout 1h",
      "  weir jobs --wait 2f1c0c1e-7f43-4a52-9a0c-2f3f0c3d7a11"
    })
final class JobsCommand extends ClientCommand {

  @Parameters(arity = "0..1", paramLabel = "ID", description = "One of them.")
  @Nullable String id;

  @Option(
      names = "--wait",
      description = "Wait until it has ended; the exit code is that of what it did.")
  boolean wait;

  JobsCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    if (id == null) {
      list(client);
      return ExitCode.DONE;
    }
    JsonObject found = client.get("/v1/jobs/" + ApiClient.encoded(id));
    JsonObject job = wait ? JobOption.ended(client, found) : found;
    output.print(shell(), job, people -> lines(job).forEach(people.out()::println));
    if (wait) {
      JobOption.check(job);
    }
    return ExitCode.DONE;
  }

  private void list(ApiClient client) throws CommandFailed {
    List<JsonObject> jobs = client.list("/v1/jobs");
    Table table = new Table("ID", "STATUS", "ACTION", "WHAT", "POOLS", "BY", "AGE");
    for (JsonObject job : jobs) {
      table.row(
          job.text("id").orElse(""),
          job.text("status").orElse(""),
          job.text("action").orElse(""),
          what(job),
          String.join(",", job.texts("pools")),
          job.text("by").orElse(""),
          Ages.since(job.text("at")));
    }
    output.print(shell(), jobs, people -> table.print(people.out(), people.terminal()));
  }

  private static String what(JsonObject job) {
    JsonObject request = job.object("request").orElse(new JsonObject());
    if (request.number("revision").isPresent()) {
      return Long.toString(request.number("revision").getAsLong());
    }
    Optional<JsonObject> labels = request.object("labels");
    if (labels.isPresent()) {
      return labels.get().fields().entrySet().stream()
          .map(label -> label.getKey() + "=" + label.getValue())
          .collect(Collectors.joining(","));
    }
    List<String> named = request.texts("members");
    return String.join(",", named.isEmpty() ? request.texts("proxies") : named);
  }

  private static List<String> lines(JsonObject job) {
    String head =
        "job %s: %s %s is %s"
            .formatted(
                job.text("id").orElse(""),
                job.text("action").orElse(""),
                what(job),
                job.text("status").orElse(""));
    String times =
        "taken in %s by %s, begun %s, ended %s"
            .formatted(
                job.text("at").orElse("-"),
                job.text("by").orElse("-"),
                job.text("started_at").orElse("-"),
                job.text("ended_at").orElse("-"));
    Optional<String> error = job.object("error").flatMap(it -> it.text("detail"));
    return Stream.concat(Stream.of(head, times), error.map("error: "::concat).stream())
        .map(Terminal::safe)
        .toList();
  }
}
