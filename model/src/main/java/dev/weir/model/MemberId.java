package dev.weir.model;

import java.util.Comparator;

/** A member's identity: its pool and its address, never its weight or labels. */
public record MemberId(PoolId pool, Address address) implements Comparable<MemberId> {

  private static final Comparator<MemberId> ORDER =
      Comparator.comparing(MemberId::pool).thenComparing(MemberId::address);

  @Override
  public int compareTo(MemberId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return pool + " " + address;
  }
}
