package dev.weir.model;

import org.jspecify.annotations.Nullable;

/**
 * The name of a pool: what nginx calls an upstream and HAProxy a backend.
 *
 * @param value 1 to 128 of {@code A-Z a-z 0-9 _ . -}, no {@code .} or {@code -} at the start
 */
public record PoolId(String value) implements Comparable<PoolId> {

  public PoolId {
    Names.checked("pool", value);
  }

  // written out: what a record makes by itself is slow until it is compiled, and this is a key
  @Override
  public boolean equals(@Nullable Object that) {
    return this == that || (that instanceof PoolId other && value.equals(other.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(PoolId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
