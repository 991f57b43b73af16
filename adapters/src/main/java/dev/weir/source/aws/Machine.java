package dev.weir.source.aws;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance as EC2 has it.
 *
 * @param instance its id
 * @param type {@code m7g.large}
 */
public record Machine(
    String instance, String type, Addresses addresses, SortedMap<String, String> tags) {

  public Machine {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** Where it is reached, as written by AWS; absent where it has no such address. */
  public record Addresses(
      Optional<String> inside, Optional<String> outside, Optional<String> ipv6) {}
}
