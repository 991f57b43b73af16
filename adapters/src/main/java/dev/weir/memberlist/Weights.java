package dev.weir.memberlist;

/** Brings weights of other scales into that of members, 1 to 256. */
public final class Weights {

  private static final int MOST = 256;

  private Weights() {}

  /**
   * The weight as a member has it. Scales that fit are left alone; of others all weights are scaled
   * alike.
   *
   * @param weight 0 or more; 0 counts as the least there is
   * @param heaviest the largest weight of the pool
   */
  public static int scaled(long weight, long heaviest) {
    long fitting = heaviest <= MOST ? weight : Math.round((double) weight * MOST / heaviest);
    return (int) Math.max(1, fitting);
  }
}
