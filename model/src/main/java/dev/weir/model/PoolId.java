package dev.weir.model;

/**
 * The name of a pool: what nginx calls an upstream and HAProxy a backend.
 *
 * @param value 1 to 128 of {@code A-Z a-z 0-9 _ . -}, no {@code .} or {@code -} at the start
 */
public record PoolId(String value) implements Comparable<PoolId> {

  public PoolId {
    Names.checked("pool", value);
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
