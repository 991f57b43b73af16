package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Farewell.Place;
import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The drains of one HAProxy as finished acts: what a server still has is counted in the process
 * until it is nothing, or until the pool's deadline ends it; then the server goes into maintenance,
 * where it takes nobody any more, not even those whom a cookie or a stick table sends there. Used
 * by one thread.
 *
 * <p>Without persistence a server that has become empty goes into maintenance at once. With it,
 * people who are between two requests have no connection: it stays drained until the deadline.
 *
 * <p>After a reload the connections are in a process that cannot be asked any more; while it lives,
 * nobody claims that they have ended.
 */
final class Farewells {

  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration TOLD = Duration.ofMinutes(1);

  private final Planner planner;
  private final Time time;
  private final Map<String, Farewell> all = new LinkedHashMap<>();
  private Duration wait = FIRST_LOOK;
  private long nextNanos;

  Farewells(Planner planner, Time time) {
    this.planner = planner;
    this.time = time;
  }

  /**
   * All servers of a backend as they run.
   *
   * @param file the backend's section of Weir's file
   */
  void seen(Backend backend, Section file, Seen seen) {
    List<Row> rows = seen.rows();
    long worker = seen.worker();
    long now = time.nanos();
    Set<String> here = new HashSet<>();
    Set<String> there = rows.stream().map(Row::name).collect(Collectors.toSet());
    for (Row row : rows) {
      ServerLine line = file.servers().get(row.name());
      Farewell known = all.get(key(backend, row.name()));
      boolean busy = seen.counts().getOrDefault(row.backend() + "/" + row.name(), 0) > 0;
      Optional<Place> place =
          line != null && Slots.isFree(line) ? freed(row, known, busy) : place(row, line, known);
      if (place.isPresent()) {
        here.add(row.name());
        Farewell one = known == null ? begin(backend, row.name(), worker) : known;
        one.stands(place.get());
        if (place.get() == Place.IN_FILE) {
          one.isFor(planner.memberOf(backend.as(), row.name()));
        }
        if (row.state() == ServerState.DRAIN) {
          one.drainsAgain();
        }
      }
    }
    all.values().removeIf(one -> one.backend().equals(backend) && takenBack(one, here, there));
    for (Farewell one : all.values()) {
      if (one.backend().equals(backend) && !here.contains(one.server())) {
        gone(one, worker, now);
      }
    }
  }

  /**
   * A look at one backend.
   *
   * @param counts connections by backend and server, where they were asked for
   */
  record Seen(List<Row> rows, Map<String, Integer> counts, long worker) {}

  /** A slot without a member is of interest for as long as it has a past one's connections. */
  private static Optional<Place> freed(Row row, @Nullable Farewell known, boolean busy) {
    boolean lets = known != null && known.running();
    return row.state() == ServerState.MAINT && (lets || busy)
        ? Optional.of(Place.FREED)
        : Optional.empty();
  }

  /** The slots of a backend that nobody has and that still have connections. */
  Set<String> busySlots(Backend backend) {
    return all.values().stream()
        .filter(one -> one.backend().equals(backend))
        .filter(one -> one.place() == Place.FREED && one.running())
        .map(Farewell::server)
        .collect(Collectors.toSet());
  }

  private static Optional<Place> place(
      Row row, @Nullable ServerLine line, @Nullable Farewell known) {
    if (line == null) {
      return row.state() == ServerState.MAINT ? Optional.of(Place.LEFT_OVER) : Optional.empty();
    }
    // a process that somebody has just reloaded may have it in any state until it is put right
    boolean goesOn = known != null || row.state() == ServerState.DRAIN;
    return line.state() == ServerState.DRAIN && goesOn
        ? Optional.of(Place.IN_FILE)
        : Optional.empty();
  }

  private Farewell begin(Backend backend, String server, long worker) {
    Farewell one = new Farewell(backend, server, worker, time.nanos());
    all.put(key(backend, server), one);
    wait = FIRST_LOOK;
    nextNanos = time.nanos();
    return one;
  }

  /** The server is there and does something else now. */
  private static boolean takenBack(Farewell one, Set<String> here, Set<String> there) {
    return !here.contains(one.server()) && there.contains(one.server());
  }

  /** HAProxy deletes no server that has connections; a reload leaves them to the old process. */
  private static void gone(Farewell one, long worker, long now) {
    one.stands(Place.GONE);
    if (one.worker() == worker) {
      one.counts(OptionalInt.of(0));
      one.ends(Phase.EMPTY, now);
    }
  }

  /** Whether the server was drained and, at the end of that, put into maintenance. */
  boolean settled(String backend, String server) {
    Farewell one = all.get(backend + "/" + server);
    return one != null && one.settled() && one.place() == Place.IN_FILE;
  }

  /** What goes on, and what ended within the last minute. */
  List<Drain> told() {
    long now = time.nanos();
    return all.values().stream()
        .filter(one -> !one.endedBefore(now, TOLD))
        .map(one -> one.told(now))
        .toList();
  }

  /**
   * Counts, and ends what is due to end.
   *
   * @return when to come again; absent when there is nothing to follow
   */
  Optional<Duration> watch(Talk talk, Defaults defaults) throws InterruptedException {
    all.values().removeIf(one -> one.place() == Place.GONE && one.endedBefore(time.nanos(), TOLD));
    List<Farewell> open =
        all.values().stream()
            .filter(one -> one.running() || (one.place() == Place.IN_FILE && !one.settled()))
            .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (nextNanos > time.nanos()) {
      return Optional.of(Duration.ofNanos(nextNanos - time.nanos()));
    }
    try (AdminSocket socket = talk.open()) {
      look(talk, socket, open, defaults);
    } catch (IOException silent) {
      wait = LONGEST_WAIT; // whoever keeps the proxy in step finds out and says so
    }
    nextNanos = time.nanos() + wait.toNanos();
    Duration next = wait;
    Duration longer = wait.multipliedBy(2);
    wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    return Optional.of(next);
  }

  private void look(Talk talk, AdminSocket socket, List<Farewell> open, Defaults defaults)
      throws IOException, InterruptedException {
    long worker = talk.look(socket, List.of()).worker().pid();
    Map<String, Integer> counts =
        talk.counts(socket, open.stream().map(one -> one.backend().as()).distinct().toList());
    List<Step> steps = new ArrayList<>();
    for (Farewell one : open) {
      Integer count = counts.get(one.toString());
      if (count == null) {
        gone(one, worker, time.nanos());
      }
      boolean elsewhere = one.worker() != worker && alive(one.worker());
      one.counts(elsewhere ? OptionalInt.empty() : OptionalInt.of(count == null ? 0 : count));
      steps.addAll(conclude(one, elsewhere || (count != null && count > 0), defaults));
    }
    for (List<Step> batch : Batches.of(steps, Step::command)) {
      var _ = talk.tell(socket, batch); // a server that went meanwhile needs none of it
    }
  }

  private List<Step> conclude(Farewell one, boolean busy, Defaults defaults) {
    long now = time.nanos();
    boolean overdue = one.overdue(now);
    if (busy && !overdue) {
      return List.of();
    }
    one.ends(busy ? Phase.CUT : Phase.EMPTY, now);
    List<Step> steps = new ArrayList<>();
    boolean drained = one.place() == Place.IN_FILE;
    if (drained && (overdue || !one.backend().persistent(defaults))) {
      steps.add(step("set server %s state maint".formatted(one)));
      one.settles();
    }
    if (busy && one.place() != Place.GONE) {
      steps.add(step("shutdown sessions server " + one));
    }
    return steps;
  }

  private static Step step(String command) {
    return new Step(command, "end a drain", Expected.SILENCE);
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static String key(Backend backend, String server) {
    return backend.as() + "/" + server;
  }
}
