package dev.weir.driver.nginx;

import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.PoolId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what a new text changes for each member; only sections that differ are taken apart. */
final class Changes {

  private Changes() {}

  /**
   * Sorted by pool and name.
   *
   * @param names of the pools' upstreams
   */
  static List<MemberChange> between(
      String current, List<Section> sections, Function<PoolId, String> names) {
    List<MemberChange> changes = new ArrayList<>();
    int from = 0;
    for (Section section : sections) {
      int at = current.indexOf(section.text(), from);
      if (at >= 0) {
        from = at + section.text().length();
      } else {
        String upstream = names.apply(section.pool().id());
        changes.addAll(
            inPool(UpstreamsReader.members(current, upstream).orElse(List.of()), section));
      }
    }
    return sorted(changes);
  }

  static List<MemberChange> sorted(List<MemberChange> changes) {
    return changes.stream()
        .sorted(Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name))
        .toList();
  }

  /**
   * Of one section.
   *
   * @param before its members as they are
   */
  static List<MemberChange> inPool(List<ObservedMember> before, Section section) {
    List<MemberChange> changes = new ArrayList<>();
    Map<Key, ObservedMember> there =
        before.stream()
            .collect(
                Collectors.toMap(
                    m -> new Key(m.name(), m.endpoint()),
                    Function.identity(),
                    (a, b) -> a,
                    LinkedHashMap::new));
    for (CarriedServer server : section.servers()) {
      ObservedMember shall = server.observed();
      ObservedMember was = there.remove(new Key(shall.name(), shall.endpoint()));
      if (!shall.equals(was)) {
        changes.add(change(section, server, was == null ? "" : CarriedServer.summary(was)));
      }
    }
    there.values().forEach(gone -> changes.add(gone(section, gone)));
    return changes;
  }

  private static MemberChange change(Section section, CarriedServer server, String old) {
    DesiredMember member = server.member();
    return new MemberChange(
        section.pool().id(),
        server.name(),
        member.endpoint(),
        old,
        server.summary(),
        member.because().detail());
  }

  private static MemberChange gone(Section section, ObservedMember gone) {
    String why =
        section.pool().members().stream()
            .filter(m -> m.endpoint().equals(gone.endpoint()))
            .map(m -> m.because().detail())
            .findFirst()
            .orElse("it is no member any more");
    return new MemberChange(
        section.pool().id(), gone.name(), gone.endpoint(), CarriedServer.summary(gone), "", why);
  }

  /** What tells the servers of an upstream apart. */
  private record Key(String name, Endpoint endpoint) {}
}
