package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.WholeText.Carrying;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which members the servers of a rendered text are for: those at their addresses. Remembers whose
 * servers were whose, for as long as a text has them. Used by one thread.
 */
final class RenderedServers {

  private final List<Backend> backends;
  private final FormerMembers former = new FormerMembers();

  RenderedServers(List<Backend> backends) {
    this.backends = List.copyOf(backends);
  }

  /** The servers of a text, each with the state that its member shall have. */
  Map<String, WantedPool> wanted(WholeText text, DesiredState desired) {
    Map<String, WantedPool> all = new LinkedHashMap<>();
    for (Backend backend : backends) {
      Carrying carrying = text.backends().get(backend.as());
      Optional<DesiredPool> pool = desired.pool(backend.pool());
      if (carrying != null && pool.isPresent()) {
        all.put(backend.as(), wanted(carrying, pool.get()));
      }
    }
    return all;
  }

  /** The servers of a file, whose members may have gone since it was rendered. */
  Map<String, WantedPool> onTheLinesThereAre(
      WholeText text, DesiredState desired, Observed observed) {
    Map<String, WantedPool> all = wanted(text, desired);
    for (Backend backend : backends) {
      ObservedPool seen = observed.pools().get(backend.pool());
      if (seen != null) {
        all.computeIfPresent(backend.as(), (_, pool) -> former.onTheLinesThereAre(pool, seen));
      }
    }
    return all;
  }

  /** Remembers whose servers these are. */
  void note(DesiredState desired, WholeText text) {
    for (Backend backend : backends) {
      Carrying carrying = text.backends().get(backend.as());
      desired
          .pool(backend.pool())
          .ifPresent(pool ->
              former.note(pool, carrying == null ? List.of() : carrying.servers().values()));
    }
  }

  private static WantedPool wanted(Carrying carrying, DesiredPool pool) {
    Map<Endpoint, DesiredMember> byAddress = new HashMap<>();
    pool.members().forEach(member -> byAddress.put(member.endpoint(), member));
    List<ServerLine> servers = new ArrayList<>();
    Map<String, DesiredMember> members = new HashMap<>();
    for (ServerLine line : carrying.servers().values()) {
      DesiredMember member = byAddress.get(line.endpoint());
      servers.add(member == null ? line : line.in(member.state()));
      if (member != null) {
        members.put(line.name(), member);
      }
    }
    return new WantedPool(pool, Section.of(List.of(), servers), members);
  }
}
