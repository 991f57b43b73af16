package dev.weir.app.config;

import dev.weir.spi.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays one piece of configuration over another, key by key: what stands on top wins, lists and
 * scalars are replaced whole, and each key keeps the place where it was written.
 *
 * <p>Where a place has several forms and the upper piece chooses one, keys of the lower piece that
 * belong to another form go: a pool with {@code check: tcp} does not inherit a path.
 */
final class Merge {

  private Merge() {}

  /** The upper piece over the lower one, both written in this shape. */
  static Tree over(Shape<?> shape, Tree lower, Tree upper) {
    return switch (shape) {
      case Shape.Scalar<?> ignored -> upper;
      case Shape.Listing<?> ignored -> upper;
      case Shape.Dictionary<?> dictionary ->
          union(lower, upper, key -> Optional.of(dictionary.value()));
      case Shape.Mapping<?> mapping -> union(lower, upper, key -> shapeOf(key, mapping.keys()));
      case Shape.Shorthand<?> shorthand ->
          over(shorthand.mapping(), inFull(shorthand, lower), inFull(shorthand, upper));
      case Shape.Either<?> either -> either(either, lower, upper);
      case Shape.Mapped<?, ?> mapped -> over(mapped.from(), lower, upper);
    };
  }

  private static Tree either(Shape.Either<?> either, Tree lower, Tree upper) {
    if (!(upper instanceof Tree.Entries) || !(lower instanceof Tree.Entries below)) {
      return upper;
    }
    List<Shape.Key<?>> all = Forms.keys(either);
    Optional<? extends Shape<?>> chosen = Forms.fitting(either, upper);
    if (chosen.isEmpty() || Forms.keys(chosen.get()).stream().noneMatch(Forms::required)) {
      return union(lower, upper, key -> shapeOf(key, all));
    }
    List<Shape.Key<?>> kept = Forms.keys(chosen.get());
    List<Tree.Entry> entries =
        below.entries().stream()
            .filter(e -> shapeOf(e.key(), kept).isPresent() || shapeOf(e.key(), all).isEmpty())
            .toList();
    return over(chosen.get(), new Tree.Entries(below.place(), entries), upper);
  }

  private interface Inner {
    Optional<Shape<?>> of(String key);
  }

  private static Tree union(Tree lower, Tree upper, Inner inner) {
    if (!(lower instanceof Tree.Entries below) || !(upper instanceof Tree.Entries above)) {
      return upper;
    }
    Map<String, Tree.Entry> merged = new LinkedHashMap<>();
    below.entries().forEach(entry -> merged.put(entry.key(), entry));
    for (Tree.Entry entry : above.entries()) {
      Tree.Entry former = merged.get(entry.key());
      Optional<Shape<?>> shape = inner.of(entry.key());
      merged.put(
          entry.key(),
          former == null || shape.isEmpty()
              ? entry
              : new Tree.Entry(
                  entry.place(), entry.key(), over(shape.get(), former.value(), entry.value())));
    }
    return new Tree.Entries(above.place(), List.copyOf(merged.values()));
  }

  private static Optional<Shape<?>> shapeOf(String name, List<Shape.Key<?>> keys) {
    return keys.stream()
        .filter(key -> key.name().equals(name))
        .<Shape<?>>map(Shape.Key::shape)
        .findFirst();
  }

  private static Tree inFull(Shape.Shorthand<?> shorthand, Tree tree) {
    if (tree instanceof Tree.Entries || tree instanceof Tree.Nothing) {
      return tree;
    }
    return new Tree.Entries(
        tree.place(), List.of(new Tree.Entry(tree.place(), shorthand.main().name(), tree)));
  }
}
