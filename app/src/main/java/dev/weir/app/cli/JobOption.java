package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether to leave something to a job instead of waiting for it. */
final class JobOption {

  /** How long a request may be held while a job is waited for. */
  private static final Duration HELD = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Option(
      names = "--job",
      description = "Leave it to a job and print its id; weir jobs ID says how far it is.")
  boolean job;

  @Option(
      names = "--job-timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How long the job may take before it is given up. Default: ${DEFAULT-VALUE}.")
  String timeout = "10m";

  /** Leaves this to a job, and prints its id. */
  ExitCode leave(ApiClient client, JsonObject body, Printing printing) throws CommandFailed {
    JsonObject taken = add(client, body, WhyOptions.duration("--job-timeout", timeout));
    printing
        .output()
        .print(
            printing.shell(),
            taken,
            people -> people.out().println(Terminal.safe("job " + taken.text("id").orElse("?"))));
    return ExitCode.DONE;
  }

  /** Where and how to print. */
  record Printing(Shell shell, OutputOptions output) {}

  /** Has Weir take a job in. */
  static JsonObject add(ApiClient client, JsonObject body, Duration timeout) throws CommandFailed {
    return client.write(
        "POST", "/v1/jobs", Optional.of(body.with("timeout_seconds", timeout.toMillis() / 1000.0)));
  }

  /** Waits until a job has ended. */
  static JsonObject ended(ApiClient client, JsonObject job) throws CommandFailed {
    JsonObject now = job;
    while (!ended(now)) {
      String target =
          "/v1/jobs/%s?wait=%ds"
              .formatted(ApiClient.encoded(now.text("id").orElse("")), HELD.toSeconds());
      now =
          client
              .send(new ApiClient.Call("GET", target, Optional.empty(), PATIENCE.plus(HELD)))
              .body();
    }
    return now;
  }

  private static boolean ended(JsonObject job) {
    String status = job.text("status").orElse("");
    return status.equals("finished") || status.equals("failed");
  }

  /**
   * Fails as a job did.
   *
   * @throws CommandFailed where it failed
   */
  static void check(JsonObject job) throws CommandFailed {
    Optional<JsonObject> error = job.object("error");
    if (error.isEmpty()) {
      return;
    }
    if (error.get().text("type").orElse("").endsWith(":not-confirmed")) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT, error.get().text("detail").orElse("not confirmed in time"));
    }
    throw Refusals.of((int) error.get().number("status").orElse(500), error.get());
  }
}
