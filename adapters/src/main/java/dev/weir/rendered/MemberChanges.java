package dev.weir.rendered;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the members of one pool, told by their addresses: a template may give them other
 * names.
 */
public final class MemberChanges {

  private MemberChanges() {}

  /**
   * The changes, sorted by name.
   *
   * @param before its servers as the proxy has them
   * @param after as it shall have them
   */
  public static List<MemberChange> between(
      DesiredPool pool, List<ObservedMember> before, List<ObservedMember> after) {
    Map<Endpoint, DesiredMember> members = new HashMap<>();
    pool.members().forEach(member -> members.put(member.endpoint(), member));
    Map<Endpoint, ObservedMember> left = new LinkedHashMap<>();
    before.forEach(member -> left.putIfAbsent(member.endpoint(), member));
    List<MemberChange> changes = new ArrayList<>();
    for (ObservedMember member : after) {
      ObservedMember was = left.remove(member.endpoint());
      String old = was == null ? "" : shown(was);
      if (!old.equals(shown(member))) {
        changes.add(change(pool, members, member, new Words(old, shown(member))));
      }
    }
    left.values()
        .forEach(gone -> changes.add(change(pool, members, gone, new Words(shown(gone), ""))));
    changes.sort(Comparator.comparing(MemberChange::name));
    return changes;
  }

  private record Words(String before, String after) {}

  private static MemberChange change(
      DesiredPool pool, Map<Endpoint, DesiredMember> members, ObservedMember server, Words words) {
    DesiredMember member = members.get(server.endpoint());
    return new MemberChange(
        pool.id(),
        member == null ? server.name() : member.name(),
        server.endpoint(),
        words.before(),
        words.after(),
        member == null ? "it is no member any more" : member.because().detail());
  }

  /** Of a server that drains, the weight means nothing. */
  private static String shown(ObservedMember server) {
    String role = server.backup() ? " backup" : "";
    return server.state() == ServerState.DRAIN
        ? "drain" + role
        : "%s weight %d%s".formatted(server.state().word(), server.weight(), role);
  }
}
