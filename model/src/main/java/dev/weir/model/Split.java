package dev.weir.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the traffic of a pool is shared between groups of its members, whatever their sizes. What is
 * left goes to the members of all other groups together.
 *
 * @param by the label whose values name the groups
 * @param shares of each group in percent, more than 0; together at most 100
 */
public record Split(String by, SortedMap<String, Double> shares) {

  /** What adding decimal fractions may be wrong by. */
  private static final double ROUNDING = 1e-9;

  public Split {
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    if (by.isBlank()) {
      throw new IllegalArgumentException("by: empty (expected: the name of a label)");
    }
    if (shares.isEmpty()) {
      throw new IllegalArgumentException(
          "shares: none (expected: at least one group with its share)");
    }
    shares.forEach((group, share) -> {
      if (group.isBlank()) {
        throw new IllegalArgumentException("share of a group without a name");
      }
      if (!(share > 0 && share <= 100)) {
        throw new IllegalArgumentException(
            "share of %s: %s%% (expected: more than 0%%, at most 100%%; to take no traffic, drain it)"
                .formatted(group, share));
      }
    });
    if (sum(shares) > 100 + ROUNDING) {
      throw new IllegalArgumentException(
          "shares: %s%% together (expected: at most 100%%)".formatted(sum(shares)));
    }
  }

  /** What is left for the members of all other groups, in percent. */
  public double rest() {
    return Math.max(0, 100 - sum(shares));
  }

  private static double sum(SortedMap<String, Double> shares) {
    return shares.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** As people write it: {@code asg: blue=90% green=10%}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(by).append(':');
    shares.forEach((group, share) ->
        text.append(' ').append(group).append('=').append(percent(share)).append('%'));
    return text.toString();
  }

  private static String percent(double share) {
    return share == Math.rint(share) ? Long.toString((long) share) : Double.toString(share);
  }
}
