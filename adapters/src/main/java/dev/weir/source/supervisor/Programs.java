package dev.weir.source.supervisor;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a supervisord runs, and where that listens.
 *
 * @param sockets of FastCGI programs, as written, by name
 * @param states of the processes of each group
 */
record Programs(SortedMap<String, String> sockets, SortedMap<String, SortedSet<String>> states) {

  Programs {
    sockets = new TreeMap<>(sockets);
    SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
    states.forEach((group, of) -> copy.put(group, new TreeSet<>(of)));
    states = copy;
  }

  /** The states of a program's processes; none where supervisord does not know it. */
  SortedSet<String> of(String program) {
    return states.getOrDefault(program, new TreeSet<>());
  }
}
