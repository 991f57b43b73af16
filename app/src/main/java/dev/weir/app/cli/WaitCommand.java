package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wait",
    description = {
      "Waits until so many members of a pool are ready, and every proxy that carries the pool has"
          + " confirmed it."
    },
    footer = {
      "",
      "Examples:",
      "  weir wait web --ready 3 --timeout 10m",
      "  weir wait web --at-most 2"
    })
final class WaitCommand extends ClientCommand {

  /** Asked for at once; between two the progress line is renewed. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Parameters(paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Option(
      names = "--ready",
      paramLabel = "N",
      description = "At least so many. Default: 1, where --at-most is not said either.")
  @Nullable Integer ready;

  @Option(names = "--at-most", paramLabel = "N", description = "No more than so many.")
  @Nullable Integer atMost;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long it may take; then the exit code is 5. Default: ${DEFAULT-VALUE}.")
  String timeout = "5m";

  WaitCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    long deadline = System.nanoTime() + WhyOptions.duration("--timeout", timeout).toNanos();
    String path = "/v1/pools/%s/size?%s".formatted(ApiClient.encoded(pool), bounds());
    JsonObject size;
    try (Progress progress = Progress.show(shell(), output, "waiting for " + pool)) {
      Duration left;
      do {
        left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
        String wait = "&wait=%dms".formatted(slice.toMillis());
        size =
            client.send(new ApiClient.Call("GET", path + wait, Optional.empty(), PATIENCE)).body();
        progress.now(pool + " " + told(size));
      } while (!size.isTrue("confirmed") && left.isPositive());
    }
    if (!size.isTrue("confirmed")) {
      throw new CommandFailed(
          ExitCode.TIMED_OUT,
          "%s %s, not as asked within %s".formatted(pool, told(size), timeout),
          Optional.of("weir members %s says why".formatted(pool)));
    }
    JsonObject answer = size;
    output.print(shell(), answer, people -> people.out().println(pool + " " + told(answer)));
    return ExitCode.DONE;
  }

  private String bounds() {
    OptionalInt least =
        ready != null
            ? OptionalInt.of(ready)
            : atMost == null ? OptionalInt.of(1) : OptionalInt.empty();
    String from = least.isPresent() ? "at_least=" + least.getAsInt() : "";
    String to = atMost == null ? "" : "at_most=" + atMost;
    return from + (from.isEmpty() || to.isEmpty() ? "" : "&") + to;
  }

  private static String told(JsonObject size) {
    long ready = size.number("ready").orElse(0);
    String members = "has %d ready".formatted(ready);
    return size.texts("waiting_for").isEmpty()
        ? members
        : members + ", not confirmed by " + String.join(", ", size.texts("waiting_for"));
  }
}
