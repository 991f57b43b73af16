package dev.weir.app.config;

import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says that a word is not known, and which one was probably meant. */
final class Unknown {

  private static final int MOST_LISTED = 16;

  private Unknown() {}

  /**
   * For a key.
   *
   * @param here keys that go together with the other keys of the mapping
   * @param hints keys of this place in any of its forms
   */
  static String key(String key, List<Shape.Key<?>> here, List<Shape.Key<?>> hints) {
    boolean elsewhere = hints.stream().anyMatch(hint -> hint.name().equals(key));
    if (elsewhere) {
      return "%s does not go together with the other keys here (expected: %s)"
          .formatted(Quoted.of(key), listed(names(here)));
    }
    return "unknown key %s%s"
        .formatted(Quoted.of(key), meant(key, names(hints.isEmpty() ? here : hints)));
  }

  /** For a name of something: {@code unknown pool "wep" (expected: ...)}. */
  static String name(String what, String name, Collection<String> known) {
    return "unknown %s %s%s".formatted(what, Quoted.of(name), meant(name, known));
  }

  private static String meant(String word, Collection<String> known) {
    Optional<String> nearest = Nearest.of(word, known);
    return nearest
        .map(" (did you mean %s?)"::formatted)
        .orElse(known.isEmpty() ? "" : " (expected: %s)".formatted(listed(known)));
  }

  private static List<String> names(List<Shape.Key<?>> keys) {
    return keys.stream().<String>map(Shape.Key::name).distinct().toList();
  }

  private static String listed(Collection<String> words) {
    String shown = words.stream().sorted().limit(MOST_LISTED).collect(Collectors.joining(", "));
    return words.size() > MOST_LISTED ? shown + ", ..." : shown;
  }
}
