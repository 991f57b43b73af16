package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Farewell.Place;
import dev.weir.driver.haproxy.FarewellOrder.Kind;
import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.ServerState;
import dev.weir.spi.Drain;
import dev.weir.spi.ProxyDriverType.Access;
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

  private final Planning planner;
  private final Time time;
  private final Map<String, Farewell> all = new LinkedHashMap<>();
  private Duration wait = FIRST_LOOK;
  private long nextNanos;

  Farewells(Planning planner, Time time) {
    this.planner = planner;
    this.time = time;
  }

  /**
   * All servers of a backend as they run.
   *
   * @param file the backend's section of Weir's file
   */
  void seen(Backend backend, Section file, Seen seen) {
    List<Row> rows = seen.rows().stream().filter(row -> !file.users().have(row.name())).toList();
    Set<Long> workers = seen.workers();
    long now = time.nanos();
    Set<String> here = new HashSet<>();
    Set<String> there = rows.stream().map(Row::name).collect(Collectors.toSet());
    for (Row row : rows) {
      ServerLine line = file.servers().get(row.name());
      Farewell known = all.get(key(backend, row.name()));
      int count = seen.counts().getOrDefault(row.backend() + "/" + row.name(), 0);
      Optional<Place> place =
          line != null && Slots.isFree(line) ? freed(row, known, count) : place(row, line, known);
      if (place.isPresent()) {
        here.add(row.name());
        Farewell one = known == null ? begin(backend, row, workers) : known;
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
        gone(one, workers, now);
      }
    }
  }

  /**
   * A look at one backend.
   *
   * @param counts connections by backend and server, where they were asked for
   * @param workers the processes that answered
   */
  record Seen(List<Row> rows, Map<String, Integer> counts, Set<Long> workers) {}

  /** A slot without a member is of interest for as long as it has a past one's connections. */
  private static Optional<Place> freed(Row row, @Nullable Farewell known, int count) {
    boolean lets = known != null && known.running();
    return row.state() == ServerState.MAINT && (lets || count > 0)
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

  /** One that drained before Weir came has drained for as long as HAProxy says. */
  private Farewell begin(Backend backend, Row row, Set<Long> workers) {
    long since = time.nanos() - row.unchanged().toNanos();
    Farewell one = new Farewell(backend, row.name(), workers, since);
    all.put(key(backend, row.name()), one);
    wait = FIRST_LOOK;
    nextNanos = time.nanos();
    return one;
  }

  /** The server is there and does something else now. */
  private static boolean takenBack(Farewell one, Set<String> here, Set<String> there) {
    return !here.contains(one.server()) && there.contains(one.server());
  }

  /** HAProxy deletes no server that has connections; a reload leaves them to the old process. */
  private static void gone(Farewell one, Set<Long> workers, long now) {
    one.stands(Place.GONE);
    if (workers.containsAll(one.workers())) {
      one.counts(OptionalInt.of(0));
      one.ends(now);
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
   * What may be done to those that drain.
   *
   * @param access with {@code LOOK} they are counted only
   */
  record Hand(Access access, Defaults defaults) {}

  /**
   * Counts, and ends what is due to end.
   *
   * @return when to come again; absent when there is nothing to follow
   */
  Optional<Duration> watch(Talk talk, Hand hand) throws InterruptedException {
    all.values().removeIf(one -> one.place() == Place.GONE && one.endedBefore(time.nanos(), TOLD));
    List<Farewell> open = all.values().stream().filter(Farewell::open).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (nextNanos > time.nanos()) {
      return Optional.of(Duration.ofNanos(nextNanos - time.nanos()));
    }
    try {
      look(talk, open, hand);
    } catch (IOException silent) {
      wait = LONGEST_WAIT; // whoever keeps the proxy in step finds out and says so
    }
    nextNanos = time.nanos() + wait.toNanos();
    Duration next = wait;
    Duration longer = wait.multipliedBy(2);
    wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    return Optional.of(next);
  }

  /** Counts, tells, and takes as ended what is: what was cut is counted again by the next look. */
  private void look(Talk talk, List<Farewell> open, Hand hand)
      throws IOException, InterruptedException {
    try (Chorus sockets = talk.open()) {
      Map<String, Integer> counts = count(talk, sockets, open);
      List<FarewellOrder> orders = orders(open, counts, hand);
      for (List<FarewellOrder> batch : Batches.of(orders, order -> order.step().command())) {
        List<String> answers = talk.tell(sockets, batch.stream().map(FarewellOrder::step).toList());
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).answered(answers.get(i));
        }
      }
    }
    long now = time.nanos();
    for (Farewell one : open) {
      boolean lost = one.connections().isEmpty() && one.overdue(now);
      if ((lost || !one.busy()) && !one.owesMaintenance(hand.defaults(), now)) {
        if (lost) {
          one.isCut(); // the deadline is all that is known of what an old process has
        }
        one.ends(now);
      }
    }
  }

  /** How each stands now; what the process that answers counts, by backend and server. */
  private Map<String, Integer> count(Talk talk, Chorus sockets, List<Farewell> open)
      throws IOException, InterruptedException {
    Set<Long> workers = talk.look(sockets, List.of()).pids();
    Map<String, Integer> counts =
        talk.counts(sockets, open.stream().map(one -> one.backend().as()).distinct().toList());
    for (Farewell one : open) {
      Integer count = counts.get(one.toString());
      if (count == null) {
        gone(one, workers, time.nanos());
      }
      boolean elsewhere =
          one.workers().stream().anyMatch(pid -> !workers.contains(pid) && alive(pid));
      one.counts(elsewhere ? OptionalInt.empty() : OptionalInt.of(count == null ? 0 : count));
    }
    return counts;
  }

  private List<FarewellOrder> orders(List<Farewell> open, Map<String, Integer> counts, Hand hand) {
    List<FarewellOrder> orders = new ArrayList<>();
    if (hand.access() == Access.LOOK) {
      return orders;
    }
    long now = time.nanos();
    for (Farewell one : open) {
      if (one.owesMaintenance(hand.defaults(), now)) {
        orders.add(new FarewellOrder(one, Kind.MAINTENANCE));
      }
      if (one.overdue(now) && counts.getOrDefault(one.toString(), 0) > 0) {
        orders.add(new FarewellOrder(one, Kind.SHUTDOWN));
      }
    }
    return orders;
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static String key(Backend backend, String server) {
    return backend.as() + "/" + server;
  }
}
