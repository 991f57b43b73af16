package dev.weir.model;

import org.jspecify.annotations.Nullable;

/** A member's identity: its pool and its address, never its weight or labels. */
public record MemberId(PoolId pool, Address address) implements Comparable<MemberId> {

  // written out: what a record makes by itself is slow until it is compiled, and this is a key
  @Override
  public boolean equals(@Nullable Object that) {
    return this == that
        || (that instanceof MemberId other
            && pool.equals(other.pool)
            && address.equals(other.address));
  }

  @Override
  public int hashCode() {
    return 31 * pool.hashCode() + address.hashCode();
  }

  @Override
  public int compareTo(MemberId other) {
    int byPool = pool.compareTo(other.pool);
    return byPool != 0 ? byPool : address.compareTo(other.address);
  }

  @Override
  public String toString() {
    return pool + " " + address;
  }
}
