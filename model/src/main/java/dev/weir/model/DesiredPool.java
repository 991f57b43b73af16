package dev.weir.model;

import java.util.List;

/**
 * A pool as a proxy shall carry it. Every member of the pool stands in exactly one of the two
 * lists.
 *
 * @param members sorted by name
 * @param absent sorted by identity
 * @param fingerprint of everything but the reasons' wording
 */
public record DesiredPool(
    PoolId id,
    List<DesiredMember> members,
    List<AbsentMember> absent,
    EmptyPolicy empty,
    Fingerprint fingerprint) {

  public DesiredPool {
    members = List.copyOf(members);
    absent = List.copyOf(absent);
  }

  /** Computes the fingerprint. */
  public static DesiredPool of(
      PoolId id, List<DesiredMember> members, List<AbsentMember> absent, EmptyPolicy empty) {
    List<DesiredMember> sorted = members.stream().sorted().toList();
    Fingerprint.Digest digest = Fingerprint.digest().add(id.value()).add(empty.toString());
    for (DesiredMember m : sorted) {
      digest
          .add(m.name())
          .add(m.endpoint().toString())
          .add(m.state().name())
          .add(Integer.toString(m.weight()))
          .add(Boolean.toString(m.backup()))
          .add(m.because().cause().name());
      m.labels().forEach((key, value) -> digest.add(key).add(value));
    }
    return new DesiredPool(
        id,
        sorted,
        absent.stream().sorted((a, b) -> a.member().compareTo(b.member())).toList(),
        empty,
        digest.finish());
  }

  /** Whether no member takes traffic. */
  public boolean withoutReadyMember() {
    return members.stream().noneMatch(m -> m.state() == ServerState.READY);
  }
}
