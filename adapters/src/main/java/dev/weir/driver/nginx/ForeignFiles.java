package dev.weir.driver.nginx;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of the user's that nginx has not read since they changed: the next reload takes them
 * in, whoever asks for it. What nginx has read is told by its workers: those that it starts for a
 * reload are new. What changed before Weir came is not known. Used by one thread.
 */
final class ForeignFiles {

  private Map<Path, String> read = Map.of();
  private Set<Long> workers = Set.of();
  private List<Path> changed = List.of();

  /**
   * Looks.
   *
   * @param master absent where nginx does not run: its start will read everything
   * @param stamps the files and what tells their states apart
   * @param edited by Weir too: they are left aside
   */
  void look(Optional<Master> master, Map<Path, String> stamps, Collection<Path> edited) {
    Map<Path, String> now = new HashMap<>(stamps);
    edited.forEach(now::remove);
    Set<Long> running = master.map(Master::workers).orElse(Set.of());
    if (Collections.disjoint(running, workers)) {
      read = Map.copyOf(now);
    }
    workers = running;
    Set<Path> all = new HashSet<>(read.keySet());
    all.addAll(now.keySet());
    all.removeIf(file -> Objects.equals(read.get(file), now.get(file)));
    changed = List.copyOf(new TreeSet<>(all));
  }

  /** A reason for a reload, and what that takes in besides. */
  List<String> with(String reason) {
    return changed.isEmpty()
        ? List.of(reason)
        : List.of(
            reason,
            "it takes in what changed in files of nginx's own too: "
                + changed.stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  /** Those that changed, came or went, sorted. */
  List<Path> changed() {
    return changed;
  }
}
