package dev.weir.app.cli;

import dev.weir.app.cli.ApiClient.Call;
import dev.weir.app.cli.ApiClient.Done;
import dev.weir.app.json.JsonObject;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/**
 * A command that decides something. Of several decisions only the last is waited for: generations
 * grow, so whoever has confirmed the last has confirmed them all.
 */
abstract class WriteCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Mixin WaitOptions waiting = new WaitOptions();

  WriteCommand(Shell shell) {
    super(shell);
  }

  /**
   * One decision.
   *
   * @param query beginning with {@code &} where there is any
   * @param done what is printed once it is taken, line by line: {@code web web1 drained}
   */
  record Decision(
      String method, String path, String query, Optional<JsonObject> body, List<String> done) {

    /** One with a single line. */
    Decision(String method, String path, String query, Optional<JsonObject> body, String done) {
      this(method, path, query, body, List.of(done));
    }
  }

  /** What is to be decided; nothing is sent before all of it is known. */
  abstract List<Decision> decisions(ApiClient client) throws CommandFailed;

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    Optional<Duration> waits = waiting.waits();
    List<Decision> decisions = decisions(client);
    List<JsonObject> answers = new ArrayList<>();
    List<String> behind = List.of();
    for (int i = 0; i < decisions.size(); i++) {
      boolean last = i == decisions.size() - 1;
      Done done = send(client, decisions.get(i), last ? waits : Optional.empty());
      answers.add(done.body());
      behind = done.body().texts("waiting_for");
    }
    print(decisions, answers);
    if (!behind.isEmpty()) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT,
          "decided, but not confirmed within %s by %s"
              .formatted(waiting.timeout, Terminal.safe(String.join(", ", behind))),
          Optional.of("weir proxies says why"));
    }
    return ExitCode.DONE;
  }

  private Done send(ApiClient client, Decision decision, Optional<Duration> wait)
      throws CommandFailed {
    if (wait.isEmpty()) {
      return client.send(call(decision, wait));
    }
    String what = decision.done().getFirst() + ", waiting for every proxy";
    try (Progress _ = Progress.show(shell(), output, what)) {
      return client.send(call(decision, wait));
    }
  }

  private void print(List<Decision> decisions, List<JsonObject> answers) {
    output.print(
        shell(),
        answers,
        shell -> {
          for (int i = 0; i < decisions.size(); i++) {
            print(shell, decisions.get(i), answers.get(i));
          }
        });
  }

  private static void print(Shell shell, Decision decision, JsonObject answer) {
    String confirmed = answer.isTrue("confirmed") ? ", confirmed by every proxy" : "";
    for (String line : decision.done()) {
      shell
          .out()
          .println(
              "%s, generation %d%s"
                  .formatted(
                      Terminal.safe(line), answer.number("generation").orElse(0), confirmed));
    }
  }

  private static Call call(Decision decision, Optional<Duration> wait) {
    String query =
        wait.map(duration -> "&wait=" + ApiClient.encoded(Durations.format(duration))).orElse("")
            + decision.query();
    return new Call(
        decision.method(),
        decision.path() + (query.isEmpty() ? "" : "?" + query.substring(1)),
        decision.body(),
        PATIENCE.plus(wait.orElse(Duration.ZERO)));
  }
}
