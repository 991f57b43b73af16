package dev.weir.model;

/** A member's identity: its pool and its address, never its weight or labels. */
public record MemberId(PoolId pool, Address address) implements Comparable<MemberId> {

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
