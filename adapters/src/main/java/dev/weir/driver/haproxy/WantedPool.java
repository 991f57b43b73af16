package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool as it is wanted, in both forms.
 *
 * @param members those of the pool by the name of their server
 */
record WantedPool(DesiredPool pool, Section section, Map<String, DesiredMember> members) {

  WantedPool {
    members = Map.copyOf(members);
  }

  /** Each member with a server of its own name. */
  static WantedPool named(Backend backend, DesiredPool pool) {
    Map<String, DesiredMember> members = new HashMap<>();
    pool.members().forEach(member -> members.put(ServerLine.nameOf(member), member));
    return of(backend, pool, backend.servers(pool), members);
  }

  /** As a section says that was published before. */
  static WantedPool published(DesiredPool pool, Section section) {
    Map<String, DesiredMember> members = new HashMap<>();
    pool.members().forEach(member -> members.put(ServerLine.nameOf(member), member));
    return new WantedPool(pool, section, members);
  }

  /** Each member in a slot. */
  static WantedPool slotted(Backend backend, DesiredPool pool, Slots slots, Slots.Size size) {
    Slots.Filled filled = slots.fill(pool.members(), size, backend.surroundings().server());
    return of(backend, pool, backend.withFallback(filled.servers(), pool), filled.members());
  }

  private static WantedPool of(
      Backend backend,
      DesiredPool pool,
      List<ServerLine> servers,
      Map<String, DesiredMember> members) {
    return new WantedPool(pool, Section.of(backend.structure(pool), servers), members);
  }

  /** Why a server is as it is. */
  String why(String server) {
    DesiredMember member = members.get(server);
    return member == null ? "the policy for an empty pool" : member.because().detail();
  }

  /** The name of the member that a server is for; the server's own where it is for none. */
  String memberOf(String server) {
    DesiredMember member = members.get(server);
    return member == null ? server : ServerLine.nameOf(member);
  }
}
