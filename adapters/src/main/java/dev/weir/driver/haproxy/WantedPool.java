package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Slots.Filled;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.surround.ServerText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    Filled filled = slots.fill(pool.members(), size, backend.surroundings().server());
    return of(backend, pool, backend.withFallback(filled.servers(), pool), filled.members());
  }

  /** In a section of the user's, each member with the line that stands for it or a new one. */
  static WantedPool named(Users users, DesiredPool pool) {
    Adoption adoption = Adoption.of(users.now(), pool.members()).named();
    return of(users, pool, new Filled(adoption.servers(users.server()), adoption.members()));
  }

  /**
   * The same with slots for members that no line stands for. The first such member brings the
   * slots: where lines stand for all, the user's file stays as it is.
   */
  static WantedPool slotted(Users users, DesiredPool pool, Slots slots, Slots.Size size) {
    Adoption adoption = Adoption.of(users.now(), pool.members());
    Filled filled =
        adoption.newcomers().isEmpty() && slots.areNone()
            ? Filled.NOTHING
            : slots.fill(adoption.newcomers(), size, users.server());
    List<ServerLine> servers = new ArrayList<>(adoption.servers(users.server()));
    for (ServerLine slot : filled.servers()) {
      servers.add(slot.withOptionsOf(users.now().find(slot.name())));
    }
    Map<String, DesiredMember> members = new HashMap<>(adoption.members());
    members.putAll(filled.members());
    return of(users, pool, new Filled(servers, members));
  }

  /**
   * A section of the user's.
   *
   * @param now as it is
   */
  record Users(Backend backend, Section now, Defaults defaults) {

    /** The parameters of lines that come. */
    ServerText server() {
      return backend.server(defaults);
    }
  }

  private static WantedPool of(Users users, DesiredPool pool, Filled filled) {
    List<ServerLine> all = users.backend().withFallback(filled.servers(), pool);
    Set<String> names = all.stream().map(ServerLine::name).collect(Collectors.toSet());
    Section section =
        Section.edited(
            users.backend().additions(pool, users.defaults()),
            all,
            users.now().users().without(names));
    return new WantedPool(pool, section, filled.members());
  }

  private static WantedPool of(
      Backend backend,
      DesiredPool pool,
      List<ServerLine> servers,
      Map<String, DesiredMember> members) {
    return new WantedPool(pool, Section.of(backend.structure(pool), servers), members);
  }

  /** The same with another section. */
  WantedPool withSection(Section other) {
    return new WantedPool(pool, other, members);
  }

  /** Why a server is as it is. */
  String why(String server) {
    DesiredMember member = members.get(server);
    if (member != null) {
      return member.because().detail();
    }
    return server.equals(ServerLine.FALLBACK)
        ? "the policy for an empty pool"
        : "no member has its address";
  }

  /** The name of the member that a server is for; the server's own where it is for none. */
  String memberOf(String server) {
    DesiredMember member = members.get(server);
    return member == null ? server : ServerLine.nameOf(member);
  }
}
