package dev.weir.source.aws;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups and their instances at one time.
 *
 * @param groups sorted by name
 * @param missing groups that are named and do not exist
 * @param machines the instances by id; one that EC2 does not know yet is left out
 */
record Fleet(List<Group> groups, SortedSet<String> missing, SortedMap<String, Machine> machines) {

  Fleet {
    groups = groups.stream().sorted(Comparator.comparing(Group::name)).toList();
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
  }

  /** The fleet of these groups. */
  static Fleet of(Selection selection, List<Group> groups, Map<String, Machine> machines) {
    SortedSet<String> missing = new TreeSet<>();
    if (selection instanceof Selection.Named named) {
      missing.addAll(named.names());
    }
    groups.forEach(group -> missing.remove(group.name()));
    return new Fleet(groups, missing, new TreeMap<>(machines));
  }
}
