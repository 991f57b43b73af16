package dev.weir.source.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which containers are members; all that is given must hold.
 *
 * @param labels each {@code KEY} or {@code KEY=VALUE}
 * @param name on the whole name
 * @param image with or without its tag; without one, any tag will do
 */
record Selection(List<String> labels, Optional<NameRule> name, Optional<String> image) {

  Selection {
    labels = List.copyOf(labels);
    if (labels.isEmpty() && name.isEmpty() && image.isEmpty()) {
      throw new IllegalArgumentException(
          "label, name and image are all missing (expected: at least one of them)");
    }
  }

  /** The same that wants this label too. */
  Selection with(String label) {
    List<String> more = new ArrayList<>(labels);
    more.add(label);
    return new Selection(more, name, image);
  }

  boolean matches(Container container) {
    return labels.stream().allMatch(label -> hasLabel(container, label))
        && name.map(rule -> rule.matches(container.name())).orElse(true)
        && image.map(wanted -> isImage(container.image(), wanted)).orElse(true);
  }

  private static boolean hasLabel(Container container, String label) {
    int equals = label.indexOf('=');
    if (equals < 0) {
      return container.labels().containsKey(label);
    }
    return label.substring(equals + 1).equals(container.labels().get(label.substring(0, equals)));
  }

  private static boolean isImage(String actual, String wanted) {
    return actual.equals(wanted) || (!isTagged(wanted) && isTagOf(actual, wanted));
  }

  private static boolean isTagged(String image) {
    return image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
  }

  private static boolean isTagOf(String actual, String name) {
    return (actual.startsWith(name + ":") || actual.startsWith(name + "@"))
        && actual.indexOf('/', name.length()) < 0;
  }
}
