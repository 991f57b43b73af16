package dev.weir.driver.nginx;

import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriverType.Carried;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of some pools: their members, from the running balancer, Weir's file or the lists
 * on disk, whichever nginx goes by.
 *
 * <p>The file of a list counts as its text only where the running balancer has the same: one that
 * is behind on either side has to be written and sent again.
 */
final class Sight {

  private final Map<PoolId, ObservedPool> pools = new HashMap<>();
  private final List<ObservedFile> lists = new ArrayList<>();

  /** A pool whose members stand in Weir's file. */
  void inText(Carried<NginxSurroundings> pool, String text) {
    UpstreamsReader.members(text, pool.as())
        .ifPresent(members -> pools.put(pool.pool(), new ObservedPool(pool.pool(), members)));
  }

  /** A pool whose upstream stands in a file of the user's. */
  void inUsersFile(Carried<NginxSurroundings> pool, EditedFiles files) {
    files
        .members(pool.as(), pool.kind())
        .ifPresent(members -> pools.put(pool.pool(), new ObservedPool(pool.pool(), members)));
  }

  /** A pool that Weir's balancer has, or will have. */
  void live(Carried<NginxSurroundings> pool, Optional<String> text, Lists found) {
    Optional<List<ObservedMember>> written =
        text.flatMap(t -> UpstreamsReader.members(t, pool.as())).filter(all -> !all.isEmpty());
    members(written, found)
        .ifPresent(members -> pools.put(pool.pool(), new ObservedPool(pool.pool(), members)));
    lists.add(new ObservedFile(found.file(), agreed(found).map(MemberList::text)));
  }

  /**
   * The lists of one upstream.
   *
   * @param running what the running balancer says of all
   */
  record Lists(
      String upstream, Path file, Optional<MemberList> onDisk, LiveMembers.Running running) {}

  /** What disk and balancer have; a balancer that does not say what it has may have anything. */
  private static Optional<MemberList> agreed(Lists found) {
    return switch (found.running()) {
      case LiveMembers.Running.Told told ->
          found.onDisk().filter(list -> list.equals(told.lists().get(found.upstream())));
      case LiveMembers.Running.Silent silent -> Optional.empty();
      case LiveMembers.Running.Locked locked -> found.onDisk();
      case LiveMembers.Running.Absent absent -> found.onDisk();
    };
  }

  private static Optional<List<ObservedMember>> members(
      Optional<List<ObservedMember>> written, Lists found) {
    if (found.running() instanceof LiveMembers.Running.Told told) {
      return Optional.ofNullable(told.lists().get(found.upstream())).map(MemberList::members);
    }
    return written.isPresent() ? written : found.onDisk().map(MemberList::members);
  }

  Map<PoolId, ObservedPool> pools() {
    return pools;
  }

  List<ObservedFile> lists() {
    return lists;
  }
}
