package dev.weir.source.serf;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which nodes are members, and at which port.
 *
 * @param name a regular expression for the whole name; absent: any
 * @param tags the values that tags must have
 */
record NodeSelection(Optional<String> name, Map<String, String> tags, Port port) {

  NodeSelection {
    tags = Map.copyOf(tags);
  }

  /** Where a member listens. */
  sealed interface Port {
    /** All at one port. */
    record Fixed(int number) implements Port {}

    /** Each where its tag of this name says. */
    record Tag(String tag) implements Port {}
  }

  boolean takes(SerfNode node) {
    return tags.entrySet().stream()
            .allMatch(tag -> tag.getValue().equals(node.tags().get(tag.getKey())))
        && name.map(pattern -> Pattern.matches(pattern, node.name())).orElse(true);
  }

  /**
   * Where a node listens.
   *
   * @throws IllegalArgumentException when its tag says no port
   */
  int port(SerfNode node) {
    return switch (port) {
      case Port.Fixed fixed -> fixed.number();
      case Port.Tag tag -> {
        String text = node.tags().getOrDefault(tag.tag(), "");
        if (!text.matches("[0-9]{1,5}")) {
          throw new IllegalArgumentException(
              "tag %s: \"%s\" (expected: a port)".formatted(tag.tag(), text));
        }
        yield Integer.parseInt(text);
      }
    };
  }
}
