package dev.weir.driver.haproxy;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What HAProxy counts for each server of a backend, free slots left out, one row for each socket.
 * Safe for any thread.
 */
final class ServerRows {

  private final Talk talk;
  private final List<Backend> backends;

  ServerRows(Talk talk, List<Backend> backends) {
    this.talk = talk;
    this.backends = backends;
  }

  /** Asks now, over a connection of its own. */
  List<ServerRow> of(PoolId pool) throws IOException, InterruptedException {
    List<ServerRow> rows = new ArrayList<>();
    for (Backend backend : backends) {
      if (backend.pool().equals(pool)) {
        try (Chorus sockets = talk.open()) {
          for (List<String> said :
              sockets.ask(List.of(Statistics.question(backend.as()))).values()) {
            for (Statistics.Row row : Statistics.read(said.getFirst())) {
              ServerRow made = row(backend, row);
              if (!made.endpoint().equals(Optional.of(Slots.FREE))) {
                rows.add(made);
              }
            }
          }
        }
      }
    }
    return List.copyOf(rows);
  }

  private static ServerRow row(Backend backend, Statistics.Row row) throws IOException {
    return new ServerRow(
        backend.pool(),
        row.server(),
        endpoint(row.values().getOrDefault("addr", "")),
        row.values().getOrDefault("status", ""),
        CheckWords.shown(row),
        CheckWords.opinion(row),
        new ServerRow.Load(
            row.number("scur"),
            row.number("qcur"),
            row.number("rate"),
            row.number("stot"),
            row.number("econ") + row.number("eresp")),
        Duration.ofSeconds(row.number("lastchg")));
  }

  private static Optional<Endpoint> endpoint(String text) {
    try {
      return Address.parse(text) instanceof Endpoint endpoint
          ? Optional.of(endpoint)
          : Optional.empty();
    } catch (IllegalArgumentException untold) {
      return Optional.empty();
    }
  }
}
