package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.journal.Journal;
import dev.weir.model.Quoted;
import dev.weir.spi.Durations;
import dev.weir.spi.EventStore.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What happens: as a list, or as server-sent events where the caller accepts those. */
final class EventRoutes {

  private static final int BATCH = 500;
  private static final int MOST_SUBSCRIBERS = 250;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /**
   * The first event after a calm time goes out at once; those that follow so soon go together: with
   * 200 who follow 100 changes a second, each sending of its own took a core and a half.
   */
  private static final Duration GATHER = Duration.ofMillis(20);

  /** A power of two. */
  private static final int REMEMBERED = 1024;

  private final View view;

  /** The newest events as they are sent: of hundreds who follow, all get the same text. */
  private final AtomicReferenceArray<Written> written = new AtomicReferenceArray<>(REMEMBERED);

  private final AtomicInteger subscribers = new AtomicInteger();

  EventRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/events", Set.of("limit", "cursor", "since", "pool"), this::events));
  }

  /** How many streams are open. */
  int subscribers() {
    return subscribers.get();
  }

  private Answer events(Request request) throws ApiProblem {
    Optional<String> pool = request.query("pool");
    if (pool.isPresent()
        && view.inputs().pools().keySet().stream().noneMatch(id -> id.value().equals(pool.get()))) {
      throw ApiProblem.noPool(Quoted.of(pool.get()));
    }
    boolean stream = request.header("accept").orElse("").contains("text/event-stream");
    return stream ? stream(start(request), pool) : list(request, pool);
  }

  private Answer list(Request request, Optional<String> pool) throws ApiProblem {
    int limit = (int) Math.max(1, request.number("limit", BATCH, 10_000));
    long after = request.query("cursor").isPresent() ? cursor(request) : since(request).orElse(0L);
    List<Stored> found = new ArrayList<>();
    List<Stored> batch = view.journal().after(after, BATCH);
    while (!batch.isEmpty() && found.size() <= limit) {
      batch.stream().filter(stored -> concerns(stored, pool)).forEach(found::add);
      batch = view.journal().after(batch.getLast().id(), BATCH);
    }
    List<Stored> shown = found.subList(0, Math.min(limit, found.size()));
    JsonObject answer = new JsonObject().with("items", shown.stream().map(EventJson::of).toList());
    return Answer.ok(
        shown.size() < found.size()
            ? answer.with("next", Long.toString(shown.getLast().id()))
            : answer.withNull("next"));
  }

  private Answer stream(long after, Optional<String> pool) throws ApiProblem {
    if (subscribers.get() >= MOST_SUBSCRIBERS) {
      throw new ApiProblem(
          503,
          "too-many-subscribers",
          "%d streams are open (expected: fewer)".formatted(MOST_SUBSCRIBERS));
    }
    return new Answer.Events(sink -> pump(sink, after, pool));
  }

  private void pump(Answer.Sink sink, long start, Optional<String> pool)
      throws IOException, InterruptedException {
    Journal journal = view.journal();
    int now = subscribers.incrementAndGet();
    try {
      if (now > MOST_SUBSCRIBERS) {
        return; // several came at the same moment; whoever asks again is told
      }
      sink.send("retry: 1000\n\n");
      long after = start;
      while (true) {
        List<Stored> batch = journal.awaitAfter(after, BATCH, HEARTBEAT);
        StringBuilder text = new StringBuilder();
        batch.stream()
            .filter(stored -> concerns(stored, pool))
            .forEach(stored -> text.append(text(stored)));
        sink.send(text.isEmpty() ? ": nothing new\n\n" : text.toString());
        if (!batch.isEmpty()) {
          after = batch.getLast().id();
          view.time().sleep(GATHER);
        }
      }
    } finally {
      var _ = subscribers.decrementAndGet();
    }
  }

  private record Written(long id, String text) {}

  private String text(Stored stored) {
    int place = (int) (stored.id() & (REMEMBERED - 1));
    Written known = written.get(place);
    if (known != null && known.id() == stored.id()) {
      return known.text();
    }
    String text =
        "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(stored.id(), stored.event().kind().wire(), Json.write(EventJson.of(stored)));
    written.set(place, new Written(stored.id(), text));
    return text;
  }

  private static boolean concerns(Stored stored, Optional<String> pool) {
    return pool.isEmpty()
        || stored.event().subject().pool().filter(p -> p.value().equals(pool.get())).isPresent();
  }

  /** The event after which a stream begins: as resumed, as asked for, else what is newest now. */
  private long start(Request request) throws ApiProblem {
    Optional<String> last = request.header("last-event-id").filter(id -> !id.isEmpty());
    if (last.isPresent()) {
      if (!last.get().matches("[0-9]{1,18}")) {
        throw ApiProblem.badRequest("Last-Event-ID (expected: the id of an earlier event)");
      }
      return Long.parseLong(last.get());
    }
    Optional<Long> since = since(request);
    return since.isPresent() ? since.get() : view.journal().newest();
  }

  private static long cursor(Request request) throws ApiProblem {
    return request.number("cursor", 0, Long.MAX_VALUE);
  }

  /** The last event before the time asked for, {@code 10m} ago or RFC 3339; absent for none. */
  private Optional<Long> since(Request request) throws ApiProblem {
    Optional<String> text = request.query("since");
    return text.isEmpty() ? Optional.empty() : Optional.of(lastBefore(time(text.get())));
  }

  private Instant time(String text) throws ApiProblem {
    try {
      return view.time().now().minus(Durations.parse(text));
    } catch (IllegalArgumentException e) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException again) {
        throw ApiProblem.badRequest(
            "since: %s (expected: a duration such as 10m, or a time such as 2026-01-31T12:00:00Z)"
                .formatted(Quoted.of(text)));
      }
    }
  }

  /** Bisects, because events are many and their times ascend. */
  private long lastBefore(Instant time) {
    long low = 0;
    long high = view.journal().newest();
    while (low < high) {
      long middle = low + (high - low) / 2;
      List<Stored> next = view.journal().after(middle, 1);
      if (next.isEmpty() || !next.getFirst().event().at().isBefore(time)) {
        high = middle;
      } else {
        low = next.getFirst().id();
      }
    }
    return low;
  }
}
