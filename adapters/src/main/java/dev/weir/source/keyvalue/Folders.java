package dev.weir.source.keyvalue;

import dev.weir.model.FoundPool;
import dev.weir.model.PoolsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keys as folders: what lies below a prefix, and which folders do. */
final class Folders {

  /** Behind every key that begins with a prefix. */
  private static final char LAST = Character.MAX_VALUE;

  private Folders() {}

  /** The keys that begin with this prefix. */
  static SortedMap<String, String> below(String prefix, SortedMap<String, String> pairs) {
    return pairs.subMap(prefix, prefix + LAST);
  }

  /**
   * The folders directly below a prefix that have a key in them.
   *
   * @param prefix with a slash at its end
   */
  static PoolsReport pools(String prefix, SortedMap<String, String> pairs) {
    SortedSet<String> folders = new TreeSet<>();
    List<String> loose = new ArrayList<>();
    for (String key : below(prefix, pairs).keySet()) {
      String rest = key.substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash > 0 && slash < rest.length() - 1) {
        folders.add(rest.substring(0, slash));
      } else if (slash < 0 && !rest.isEmpty()) {
        loose.add(key);
      }
    }
    List<String> remarks =
        loose.isEmpty()
            ? List.of()
            : List.of(
                "%d keys lie in no folder, the first is %s"
                    .formatted(loose.size(), loose.getFirst()));
    return new PoolsReport.Complete(folders.stream().map(FoundPool::of).toList(), remarks);
  }
}
