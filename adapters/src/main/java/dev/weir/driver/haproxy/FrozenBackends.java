package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.PoolId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Backends whose new text HAProxy refuses: they keep a former one, and all others go on. Where it
 * is the lines around the servers that are refused, only those stay, and members come and go as
 * ever. One is tried again when the refused text changes, or any file of the user's. Used by one
 * thread.
 */
final class FrozenBackends {

  private final Map<String, Frozen> frozen = new HashMap<>();
  private final SortedMap<PoolId, String> inForce = new TreeMap<>();
  private String stamp = "";
  private boolean fresh;

  /**
   * A backend that stays.
   *
   * @param refused the section that HAProxy does not take
   * @param former what stays in its place
   * @param message HAProxy's own
   */
  private record Frozen(Section refused, Section former, Part part, String message) {

    /** What is to be written in place of the section; empty where that is another by now. */
    Optional<Section> instead(Section wanted) {
      return switch (part) {
        case STRUCTURE ->
            wanted.structure().equals(refused.structure())
                ? Optional.of(wanted.withStructure(former.structure()))
                : Optional.empty();
        case ALL -> wanted.equals(refused) ? Optional.of(former) : Optional.empty();
      };
    }
  }

  /** How much of a backend stays. */
  enum Part {
    /** The lines around its servers. */
    STRUCTURE,
    ALL
  }

  /** Keeps a backend as it is. */
  void freeze(String backend, Section refused, Section former, Part part, String message) {
    frozen.put(backend, new Frozen(refused, former, part, message));
    fresh = true;
  }

  /** Whether a backend was frozen since this was last asked. */
  boolean anyNew() {
    boolean was = fresh;
    fresh = false;
    return was;
  }

  /** Lets all be tried again if a file of the user's has changed since the last call. */
  void thawWhenChanged(String now) {
    if (!now.equals(stamp)) {
      frozen.clear();
      stamp = now;
    }
  }

  /**
   * The pools as they are to be written.
   *
   * @param wanted in the order of the backends
   */
  List<WantedPool> instead(List<Backend> backends, List<WantedPool> wanted) {
    inForce.clear();
    if (frozen.isEmpty()) {
      return wanted;
    }
    List<WantedPool> all = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Backend backend = backends.get(i);
      WantedPool pool = wanted.get(i);
      all.add(instead(backend, pool));
    }
    return all;
  }

  private WantedPool instead(Backend backend, WantedPool pool) {
    Frozen found = frozen.get(backend.as());
    if (found == null) {
      return pool;
    }
    Optional<Section> former = found.instead(pool.section());
    if (former.isEmpty()) {
      return pool;
    }
    inForce.put(backend.pool(), found.message());
    return pool.withSection(former.get());
  }

  /** What HAProxy says of those that stay, by the last plan. */
  SortedMap<PoolId, String> messages() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(inForce));
  }
}
