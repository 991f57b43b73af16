package dev.weir.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A member as a proxy shall carry it.
 *
 * @param name unique in its pool and safe in any proxy: a function of the member alone
 * @param endpoint what the proxy connects to
 * @param weight 1 to 256, whatever the state
 */
public record DesiredMember(
    MemberId id,
    String name,
    Endpoint endpoint,
    ServerState state,
    int weight,
    boolean backup,
    SortedMap<String, String> labels,
    Because because)
    implements Comparable<DesiredMember> {

  private static final Comparator<DesiredMember> ORDER =
      Comparator.comparing(DesiredMember::name).thenComparing(DesiredMember::id);

  public DesiredMember {
    Member.checkWeight(weight);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  @Override
  public int compareTo(DesiredMember other) {
    return ORDER.compare(this, other);
  }
}
