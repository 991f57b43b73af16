package dev.weir.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a source has to say about which pools there are, in full, each time. As with {@link
 * SourceReport}, "I could not look" can never be mistaken for "there is nothing".
 */
public sealed interface PoolsReport {

  /**
   * The source looked and these are all.
   *
   * @param pools in any order; of several with one key the first wins. Kept sorted by key
   * @param remarks what people should know besides, one line each
   */
  record Complete(List<FoundPool> pools, List<String> remarks) implements PoolsReport {
    public Complete {
      SortedMap<String, FoundPool> byKey = new TreeMap<>();
      pools.forEach(pool -> byKey.putIfAbsent(pool.key(), pool));
      pools = List.copyOf(byKey.values());
      remarks = List.copyOf(remarks);
    }

    /** A report without remarks. */
    public static Complete of(List<FoundPool> pools) {
      return new Complete(pools, List.of());
    }
  }

  /**
   * The source could not look; nothing is said about pools.
   *
   * @param reason one line for people
   */
  record Unavailable(String reason) implements PoolsReport {}
}
