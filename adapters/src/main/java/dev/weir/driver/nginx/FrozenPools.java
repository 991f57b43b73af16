package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.model.PoolId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Pools whose new sections nginx refuses: their former sections stay, and all others go on. One is
 * tried again when its section changes, or any file of the user's. Used by one thread.
 */
final class FrozenPools {

  private final Map<PoolId, Frozen> frozen = new HashMap<>();
  private String stamp = "";

  /**
   * A pool that stays as it was.
   *
   * @param refused of the section that nginx does not take
   * @param former the section that stays; empty for a pool that had none
   * @param message nginx's own
   */
  private record Frozen(Fingerprint refused, String former, String message) {}

  /** Whether this section is one that nginx refuses. */
  boolean keeps(Section section) {
    return find(section).isPresent();
  }

  private Optional<Frozen> find(Section section) {
    return Optional.ofNullable(frozen.get(section.pool().id()))
        .filter(found -> found.refused().equals(section.fingerprint()));
  }

  /** The section that is to be written for this one. */
  Section instead(Section section) {
    return find(section).map(found -> section.as(found.former())).orElse(section);
  }

  /**
   * Keeps a pool as it is.
   *
   * @param former its section as it is in force; empty for a pool that has none
   */
  void freeze(Section section, String former, String message) {
    frozen.put(section.pool().id(), new Frozen(section.fingerprint(), former, message));
  }

  /** Remembers how the user's files were, for {@link #thawWhenChanged}. */
  void rememberStamp(String now) {
    stamp = now;
  }

  /** The same after files of the user's were changed by Weir itself. */
  void rememberOwnChange(Supplier<String> now) {
    if (!frozen.isEmpty()) {
      stamp = now.get();
    }
  }

  /** Lets all be tried again if a file of the user's has changed since they were frozen. */
  void thawWhenChanged(Supplier<String> now) {
    if (!frozen.isEmpty() && !now.get().equals(stamp)) {
      frozen.clear();
    }
  }

  /**
   * What nginx says of those that stay as they were.
   *
   * @param sections as they are wanted
   */
  SortedMap<PoolId, String> messages(Collection<Section> sections) {
    SortedMap<PoolId, String> messages = new TreeMap<>();
    for (Section section : sections) {
      find(section).ifPresent(found -> messages.put(section.pool().id(), found.message()));
    }
    return Collections.unmodifiableSortedMap(messages);
  }
}
