package dev.weir.model;

import java.util.Optional;

/**
 * Something that a pool set makes a pool of: a service, a folder of keys, the value of a label.
 *
 * @param key what its source calls it: raw text of any characters
 * @param checkPath the path that it wishes its members to be asked for, where they are checked by
 *     HTTP; absent: as configured
 */
public record FoundPool(String key, Optional<String> checkPath) implements Comparable<FoundPool> {

  /** One without wishes. */
  public static FoundPool of(String key) {
    return new FoundPool(key, Optional.empty());
  }

  @Override
  public int compareTo(FoundPool other) {
    return key.compareTo(other.key);
  }
}
