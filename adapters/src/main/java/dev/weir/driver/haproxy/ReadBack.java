package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What HAProxy reports of its servers, completed by what it does not report (backup, the path of a
 * unix socket) from the file it was loaded from, and compared with what it should be.
 */
final class ReadBack {

  /** Stands for an address that HAProxy does not tell and no file of ours does. */
  private static final Endpoint UNTOLD = new Endpoint.UnixSocket("/untold");

  private final List<Backend> backends;
  private final Farewells farewells;

  /** Servers that left the file and may still be there, by backend and name. */
  private final Map<String, ServerLine> former = new HashMap<>();

  ReadBack(List<Backend> backends, Farewells farewells) {
    this.backends = List.copyOf(backends);
    this.farewells = farewells;
  }

  /** Keeps the lines of servers that leave. */
  void remember(List<MemberChange> changes, Parsed file) {
    for (MemberChange change : changes) {
      if (!change.after().isEmpty()) {
        continue;
      }
      for (Backend backend : backends) {
        Section section = file.sections().get(backend.as());
        ServerLine line = section == null ? null : section.servers().get(change.name());
        if (backend.pool().equals(change.pool()) && line != null) {
          former.put(backend.as() + "/" + line.name(), line);
        }
      }
    }
  }

  /** A backend's servers as HAProxy has them. */
  ObservedPool observed(Backend backend, Parsed file, Look look) {
    Section section = file.sections().get(backend.as());
    return new ObservedPool(
        backend.pool(),
        look.of(backend.as()).stream()
            .filter(row -> section == null || !section.users().others().contains(row.name()))
            .sorted(Comparator.comparing(Row::name))
            .map(row -> member(row, line(row, file)))
            .toList());
  }

  private ObservedMember member(Row row, @Nullable ServerLine line) {
    Endpoint untold = line == null ? UNTOLD : line.endpoint();
    return new ObservedMember(
        row.name(),
        row.endpoint().orElse(untold),
        state(row),
        row.weight(),
        line != null && line.backup());
  }

  private @Nullable ServerLine line(Row row, Parsed file) {
    Section section = file.sections().get(row.backend());
    ServerLine line = section == null ? null : section.find(row.name());
    return line == null ? former.get(row.backend() + "/" + row.name()) : line;
  }

  /** Names of servers in maintenance that the file does not have. */
  static List<String> unwantedInMaintenance(Backend backend, Parsed file, Look look) {
    Section section = file.sections().get(backend.as());
    if (section == null) {
      return List.of();
    }
    return look.of(backend.as()).stream()
        .filter(row -> row.state() == ServerState.MAINT)
        .map(Row::name)
        .filter(name -> !section.servers().containsKey(name))
        .filter(name -> !section.users().have(name))
        .toList();
  }

  /**
   * Where what HAProxy runs is not what the file says.
   *
   * @return the first difference, for people
   */
  Optional<String> difference(Parsed wanted, Set<PoolId> pools, Look look) {
    for (Backend backend : backends) {
      Section section = wanted.sections().get(backend.as());
      if (pools.contains(backend.pool()) && section != null) {
        Optional<String> found = difference(backend.as(), section, look.of(backend.as()));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(String as, Section section, List<Row> rows) {
    Map<String, Row> left = new HashMap<>();
    rows.forEach(row -> left.put(row.name(), row));
    for (ServerLine want : section.servers().values()) {
      Row row = left.remove(want.name());
      if (row == null || !matches(want, row)) {
        return Optional.of(
            "%s/%s is %s (expected: %s at %s)"
                .formatted(as, want.name(), shown(row), want.shown(), want.endpoint()));
      }
    }
    return left.values().stream()
        .filter(row -> row.state() != ServerState.MAINT)
        .filter(row -> !section.users().have(row.name()))
        .findFirst()
        .map(row -> "%s/%s is %s (expected: gone)".formatted(as, row.name(), shown(row)));
  }

  /** A server that was put into maintenance at the end of its drain is still drained. */
  private ServerState state(Row row) {
    boolean settled =
        row.state() == ServerState.MAINT && farewells.settled(row.backend(), row.name());
    return settled ? ServerState.DRAIN : row.state();
  }

  private boolean matches(ServerLine want, Row row) {
    boolean weightMatters = want.state() == ServerState.READY;
    return want.state() == state(row)
        && (!weightMatters || want.weight() == row.weight())
        && row.endpoint().map(want.endpoint()::equals).orElse(true);
  }

  private String shown(@Nullable Row row) {
    if (row == null || row.endpoint().equals(Optional.of(Agreement.PARTLY))) {
      return row == null ? "not there" : "not there on all sockets";
    }
    return row.endpoint().equals(Optional.of(Agreement.DIFFERS))
        ? "not the same on all sockets"
        : "%s at %s"
            .formatted(
                ServerLine.shown(member(row, null)),
                row.endpoint().map(Endpoint::toString).orElse("an address it does not tell"));
  }
}
