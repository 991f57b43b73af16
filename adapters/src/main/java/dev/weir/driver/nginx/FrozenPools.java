package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.model.PoolId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
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

  /** The section that is to be written for this one. */
  Section instead(Section section) {
    Frozen found = frozen.get(section.pool().id());
    return found == null || !found.refused().equals(section.fingerprint())
        ? section
        : section.as(found.former());
  }

  /**
   * Keeps a pool as it is.
   *
   * @param text Weir's file as it is in force
   * @param upstream the pool's
   */
  void freeze(Section section, String text, String upstream, String message) {
    frozen.put(
        section.pool().id(),
        new Frozen(section.fingerprint(), Section.find(text, upstream).orElse(""), message));
  }

  /** Remembers how the user's files were, for {@link #thawWhenChanged}. */
  void rememberStamp(String now) {
    stamp = now;
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
      Frozen found = frozen.get(section.pool().id());
      if (found != null && found.refused().equals(section.fingerprint())) {
        messages.put(section.pool().id(), found.message());
      }
    }
    return Collections.unmodifiableSortedMap(messages);
  }
}
