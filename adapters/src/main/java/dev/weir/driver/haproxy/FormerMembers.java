package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose servers the lines of a file were: while the file cannot be rendered, one whose member has
 * gone must not take traffic, and one that never was a member's is not Weir's to turn. Used by one
 * thread.
 */
final class FormerMembers {

  private final Map<PoolId, Set<Endpoint>> known = new HashMap<>();

  /** Keeps the addresses of members, and those of former ones for as long as a line has them. */
  void note(DesiredPool pool, Collection<ServerLine> lines) {
    Set<Endpoint> before = known.getOrDefault(pool.id(), Set.of());
    Set<Endpoint> now = new HashSet<>();
    lines.stream().map(ServerLine::endpoint).filter(before::contains).forEach(now::add);
    pool.members().stream().map(DesiredMember::endpoint).forEach(now::add);
    known.put(pool.id(), now);
  }

  /**
   * The same pool on the lines that there are: who has gone in maintenance, what never was a member
   * as it runs, and no server that has left with its member.
   */
  WantedPool onTheLinesThereAre(WantedPool wanted, ObservedPool seen) {
    Set<Endpoint> were = known.getOrDefault(wanted.pool().id(), Set.of());
    Map<String, ObservedMember> running = new HashMap<>();
    seen.members().forEach(server -> running.put(server.name(), server));
    List<ServerLine> servers = new ArrayList<>();
    for (ServerLine line : wanted.section().servers().values()) {
      ObservedMember server = running.get(line.name());
      if (wanted.members().containsKey(line.name())) {
        servers.add(line);
      } else if (server != null) {
        servers.add(line.in(were.contains(line.endpoint()) ? ServerState.MAINT : server.state()));
      }
    }
    return wanted.withSection(Section.of(List.of(), servers));
  }
}
