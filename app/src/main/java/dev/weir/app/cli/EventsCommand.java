package dev.weir.app.cli;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = "Follows what happens, until interrupted; -o json prints one object a line.",
    footer = {"", "Example:", "  weir events --since 10m --pool web"})
final class EventsCommand extends ClientCommand {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 60;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Begin so long ago (10m) or then (2026-01-31T12:00:00Z), not now.")
  @Nullable String since;

  @Option(names = "--pool", paramLabel = "POOL", description = "Only what happens to this pool.")
  @Nullable String pool;

  @Option(names = "--no-follow", description = "Print what has happened, and end.")
  boolean noFollow;

  EventsCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    if (noFollow) {
      client.list("/v1/events" + query()).forEach(this::print);
      return ExitCode.DONE;
    }
    Optional<Long> last = Optional.empty();
    int failures = TRIES; // the first connection has to succeed
    while (!shell().out().checkError()) {
      try (ApiClient.Stream stream = client.stream("/v1/events" + query(), last)) {
        failures = 0;
        last = follow(stream, last);
      } catch (IOException e) {
        complain("the stream broke off", e);
      } catch (CommandFailed e) {
        failures++;
        if (e.exitCode() != ExitCode.NO_ANSWER || failures > TRIES) {
          throw e;
        }
      }
      Nap.of(PAUSE);
    }
    return ExitCode.DONE;
  }

  /** Streams do not end: several are followed at the same time. */
  @Override
  ExitCode runAll(List<ApiClient> clients) {
    if (noFollow) {
      return super.runAll(clients);
    }
    List<ExitCode> ends = new CopyOnWriteArrayList<>();
    List<Thread> following =
        clients.stream()
            .map(client -> Thread.ofVirtual().start(() -> ends.add(super.runAll(List.of(client)))))
            .toList();
    for (Thread one : following) {
      try {
        one.join();
      } catch (InterruptedException e) {
        following.forEach(Thread::interrupt);
        Thread.currentThread().interrupt();
        return ExitCode.FAILED;
      }
    }
    return ends.stream().max(ExitCode::compareTo).orElse(ExitCode.DONE);
  }

  /** Prints until the stream ends; the id of the last event printed. */
  private Optional<Long> follow(ApiClient.Stream stream, Optional<Long> before) {
    Optional<Long> last = before;
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.reply().body(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (line != null && !shell().out().checkError()) {
        if (line.startsWith("data: ")) {
          JsonObject event = Json.readObject(line.substring("data: ".length()));
          print(event);
          OptionalLong id = event.number("id");
          last = id.isPresent() ? Optional.of(id.getAsLong()) : last;
        }
        line = lines.readLine();
      }
    } catch (IOException | JsonException e) {
      complain("the stream broke off", e);
    }
    return last;
  }

  private void complain(String what, Exception e) {
    String reason = Terminal.safe(String.valueOf(e.getMessage()));
    shell()
        .err()
        .println("weir: %s%s: %s".formatted(Terminal.safe(OutputOptions.prefix()), what, reason));
  }

  private void print(JsonObject event) {
    String line =
        Stream.of("time", "event", "pool", "member", "proxy", "source", "msg")
                .flatMap(key -> event.text(key).stream())
                .collect(Collectors.joining(" "))
            + event.text("by").map(by -> " by " + by).orElse("");
    output.printLine(shell(), event, line);
    shell().out().flush();
  }

  private String query() {
    String query =
        Stream.of(
                Optional.ofNullable(since).map(text -> "since=" + ApiClient.encoded(text)),
                Optional.ofNullable(pool).map(text -> "pool=" + ApiClient.encoded(text)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }
}
