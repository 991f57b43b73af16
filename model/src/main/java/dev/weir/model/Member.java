package dev.weir.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One server of a pool, as its source describes it.
 *
 * @param name the source's own name for it (container name, instance id), raw text of any
 *     characters; absent where the source has none
 * @param weight 1 to 256
 * @param backup takes traffic only when no other member can
 * @param labels sorted, immutable; keys and values are raw text of any characters
 */
public record Member(
    MemberId id,
    Optional<String> name,
    int weight,
    boolean backup,
    Condition condition,
    SortedMap<String, String> labels,
    SourceName source)
    implements Comparable<Member> {

  public static final int MAX_WEIGHT = 256;

  public Member {
    checkWeight(weight);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A ready member of weight 1 without name or labels. */
  public static Member of(MemberId id, SourceName source) {
    return new Member(
        id, Optional.empty(), 1, false, Condition.READY, Collections.emptySortedMap(), source);
  }

  /** Refuses a weight that proxies do not take; 0 is no weight but a drain. */
  public static int checkWeight(int weight) {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: %d (expected: 1 to %d%s)"
              .formatted(weight, MAX_WEIGHT, weight == 0 ? "; to take no traffic, use drain" : ""));
    }
    return weight;
  }

  public Address address() {
    return id.address();
  }

  public Member withName(String newName) {
    return new Member(id, Optional.of(newName), weight, backup, condition, labels, source);
  }

  public Member withWeight(int newWeight) {
    return new Member(id, name, newWeight, backup, condition, labels, source);
  }

  public Member withBackup(boolean newBackup) {
    return new Member(id, name, weight, newBackup, condition, labels, source);
  }

  public Member withCondition(Condition newCondition) {
    return new Member(id, name, weight, backup, newCondition, labels, source);
  }

  public Member withLabels(SortedMap<String, String> newLabels) {
    return new Member(id, name, weight, backup, condition, newLabels, source);
  }

  @Override
  public int compareTo(Member other) {
    return id.compareTo(other.id);
  }
}
