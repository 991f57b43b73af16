package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Slots.Known;
import dev.weir.driver.haproxy.Slots.Size;
import dev.weir.driver.haproxy.WantedPool.Users;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.PoolId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one proxy as their backends want them. Those that did not change are remembered,
 * because with many pools all but one are what they were a moment ago. Used by one thread.
 */
final class WantedPools {

  private final List<Backend> backends;
  private final Map<PoolId, WantedPool> remembered = new HashMap<>();
  private final Map<String, Set<String>> busy = new HashMap<>();
  private final Map<String, Rung> rungs = new HashMap<>();

  /** Those whose servers may have other names than their members, by backend. */
  private final Map<String, WantedPool> otherwise = new HashMap<>();

  private Defaults defaults = Defaults.NONE;

  WantedPools(List<Backend> backends) {
    this.backends = backends;
    climb();
  }

  /** Tells what backends inherit. */
  void know(Defaults current) {
    if (!current.equals(defaults)) {
      defaults = current;
      climb();
    }
  }

  private void climb() {
    backends.forEach(backend -> rungs.put(backend.as(), backend.rung(defaults)));
  }

  /** How the members of a backend change. */
  Rung rung(Backend backend) {
    Rung rung = rungs.get(backend.as());
    if (rung == null) {
      throw new IllegalArgumentException("no backend of this proxy: " + backend.as());
    }
    return rung;
  }

  boolean anySlots() {
    return rungs.values().stream().anyMatch(Rung.Slotted.class::isInstance);
  }

  /** Tells which slots of a backend nobody has and still have connections. */
  void busy(String backend, Set<String> slots) {
    busy.put(backend, Set.copyOf(slots));
  }

  /**
   * In the order of the backends.
   *
   * @param file what Weir's file says
   * @param size of the slots
   */
  List<WantedPool> of(DesiredState desired, Observed observed, Parsed file, Size size) {
    Map<PoolId, DesiredPool> pools = new HashMap<>();
    desired.pools().forEach(pool -> pools.put(pool.id(), pool));
    return backends.stream()
        .map(backend -> {
          DesiredPool pool = pool(backend, pools);
          Section now = file.sections().get(backend.as());
          return switch (rung(backend)) {
            case Rung.Slotted _ -> {
              Slots slots = new Slots(known(backend, observed, file));
              WantedPool wanted =
                  now != null && now.isUsers()
                      ? WantedPool.slotted(new Users(backend, now, defaults), pool, slots, size)
                      : WantedPool.slotted(backend, pool, slots, size);
              otherwise.put(backend.as(), wanted);
              yield wanted;
            }
            case Rung.Dynamic _ -> named(backend, pool, now);
            case Rung.Reloading _ -> named(backend, pool, now);
          };
        })
        .toList();
  }

  private static DesiredPool pool(Backend backend, Map<PoolId, DesiredPool> pools) {
    DesiredPool pool = pools.get(backend.pool());
    if (pool == null) {
      throw new IllegalArgumentException(
          "desired state without pool %s (expected: all pools of the proxy)"
              .formatted(backend.pool()));
    }
    return pool;
  }

  @SuppressWarnings("ReferenceEquality") // a pool that did not change is handed in again as it is
  private WantedPool named(Backend backend, DesiredPool pool, @Nullable Section now) {
    if (now != null && now.isUsers()) {
      WantedPool wanted = WantedPool.named(new Users(backend, now, defaults), pool);
      otherwise.put(backend.as(), wanted);
      return wanted;
    }
    WantedPool known = remembered.get(backend.pool());
    if (known != null && known.pool() == pool) {
      return known;
    }
    WantedPool fresh = WantedPool.named(backend, pool);
    remembered.put(backend.pool(), fresh);
    return fresh;
  }

  /**
   * The member that a server is for, as last planned; the server's own name if that is not known.
   */
  String memberOf(String backend, String server) {
    WantedPool wanted = otherwise.get(backend);
    return wanted == null ? server : wanted.memberOf(server);
  }

  private Known known(Backend backend, Observed observed, Parsed file) {
    Section section = file.sections().get(backend.as());
    return Known.of(
        observed.pools().get(backend.pool()),
        section == null ? Map.of() : section.servers(),
        busy.getOrDefault(backend.as(), Set.of()));
  }
}
