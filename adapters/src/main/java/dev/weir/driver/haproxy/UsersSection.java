package dev.weir.driver.haproxy;

import dev.weir.haproxyconf.Configuration.Placed;
import java.util.List;

/**
 * A section of the user's in which servers can stand, but for its servers.
 *
 * @param lines its own, each as words
 * @param inherited those that it has from {@code defaults}
 * @param common the parameters that all its server lines have, as they are written
 * @param place {@code FILE:LINE}
 */
record UsersSection(
    List<List<String>> lines, List<List<String>> inherited, String common, String place) {

  UsersSection {
    lines = lines.stream().map(List::copyOf).toList();
    inherited = inherited.stream().map(List::copyOf).toList();
  }

  static UsersSection of(Placed placed) {
    return new UsersSection(
        Defaults.words(placed.section().settings()),
        Defaults.words(placed.inherited().stream()),
        EditedSection.common(placed.section(), placed.file().conf().text()),
        placed.place());
  }
}
