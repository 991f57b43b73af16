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
   * @param done what is printed once it is taken: {@code web web1 drained}
   */
  record Decision(
      String method, String path, String query, Optional<JsonObject> body, String done) {

    /** The same with more in its query. */
    Decision asking(String more) {
      return new Decision(method, path, query + more, body, done);
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
      Done done = client.send(call(decisions.get(i), last ? waits : Optional.empty()));
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

  private void print(List<Decision> decisions, List<JsonObject> answers) {
    output.print(
        shell(),
        answers,
        shell -> {
          for (int i = 0; i < decisions.size(); i++) {
            JsonObject answer = answers.get(i);
            shell
                .out()
                .println(
                    Terminal.safe(decisions.get(i).done())
                        + ", generation "
                        + answer.number("generation").orElse(0)
                        + (answer.isTrue("confirmed") ? ", confirmed by every proxy" : ""));
          }
        });
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
