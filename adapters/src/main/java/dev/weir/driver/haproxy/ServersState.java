package dev.weir.driver.haproxy;

import dev.weir.model.Endpoint;
import dev.weir.model.ServerState;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code show servers state}, format 1. */
final class ServersState {

  private static final int FORCED_MAINTENANCE = 0x01;
  private static final int FORCED_DRAIN = 0x08;
  private static final int FEWEST_FIELDS = 19;

  private ServersState() {}

  /**
   * A server as HAProxy runs it.
   *
   * @param endpoint absent for a unix socket, which HAProxy does not print
   * @param unchanged how long it has been in its state, in whole seconds
   */
  record Row(
      String backend,
      String name,
      Optional<Endpoint> endpoint,
      ServerState state,
      int weight,
      Duration unchanged) {

    /** Whether both are the same server in the same way, since whenever. */
    boolean isLike(Row other) {
      return equals(
          new Row(other.backend, other.name, other.endpoint, other.state, other.weight, unchanged));
    }
  }

  /**
   * The rows of one answer, by backend.
   *
   * @return nothing for a backend that HAProxy does not have
   * @throws IOException for anything that is not such an answer
   */
  static Map<String, List<Row>> read(String answer) throws IOException {
    Map<String, List<Row>> rows = new HashMap<>();
    if (answer.startsWith("Can't find backend")) {
      return rows;
    }
    List<String> lines = answer.lines().toList();
    if (lines.size() < 2 || !lines.get(0).equals("1") || !lines.get(1).startsWith("# be_id ")) {
      throw new IOException(
          "show servers state: %s (expected: format 1)"
              .formatted(lines.isEmpty() ? "no answer" : lines.getFirst()));
    }
    for (String line : lines.subList(2, lines.size())) {
      if (!line.isBlank()) {
        Row row = row(line);
        rows.computeIfAbsent(row.backend(), as -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }

  private static Row row(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    if (fields.length < FEWEST_FIELDS) {
      throw new IOException("show servers state: a line of %d fields".formatted(fields.length));
    }
    try {
      return new Row(
          fields[1],
          fields[3],
          endpoint(fields[4], Integer.parseInt(fields[18])),
          state(Integer.parseInt(fields[6])),
          Integer.parseInt(fields[7]),
          Duration.ofSeconds(Long.parseLong(fields[9])));
    } catch (IllegalArgumentException e) {
      throw new IOException("show servers state: " + e.getMessage(), e);
    }
  }

  /** Only what was set on the server itself: what it inherits is not Weir's to change. */
  private static ServerState state(int admin) {
    if ((admin & FORCED_MAINTENANCE) != 0) {
      return ServerState.MAINT;
    }
    return (admin & FORCED_DRAIN) != 0 ? ServerState.DRAIN : ServerState.READY;
  }

  private static Optional<Endpoint> endpoint(String address, int port) {
    if (address.equals("-") || port == 0) {
      return Optional.empty();
    }
    InetAddress ip = InetAddress.ofLiteral(address);
    return Optional.of(new Endpoint.Ip(ip, port));
  }
}
