package dev.weir.app.config;

import dev.weir.spi.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of several forms a piece of configuration is written in. */
final class Forms {

  private Forms() {}

  /** The first form that the tree's kind and keys fit. */
  static <T> Optional<Shape<? extends T>> fitting(Shape.Either<T> either, Tree tree) {
    for (Shape<? extends T> form : either.forms()) {
      if (fits(form, tree)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  static boolean fits(Shape<?> shape, Tree tree) {
    return switch (shape) {
      case Shape.Scalar<?> ignored -> tree instanceof Tree.Text;
      case Shape.Listing<?> ignored -> tree instanceof Tree.Items;
      case Shape.Dictionary<?> ignored -> tree instanceof Tree.Entries;
      case Shape.Mapping<?> mapping ->
          tree instanceof Tree.Entries entries && hasAll(mapping, entries);
      case Shape.Shorthand<?> shorthand ->
          fits(shorthand.mapping(), tree)
              || (!(tree instanceof Tree.Entries) && fits(shorthand.main().shape(), tree));
      case Shape.Either<?> either -> either.forms().stream().anyMatch(form -> fits(form, tree));
      case Shape.Mapped<?, ?> mapped -> fits(mapped.from(), tree);
    };
  }

  private static boolean hasAll(Shape.Mapping<?> mapping, Tree.Entries entries) {
    return mapping.keys().stream()
        .filter(Forms::required)
        .allMatch(key -> entries.find(key.name()).isPresent());
  }

  static boolean required(Shape.Key<?> key) {
    return key.fallback() instanceof Shape.Fallback.Missing<?>;
  }

  /** All keys that a mapping in this place may have, in any of its forms. */
  static List<Shape.Key<?>> keys(Shape<?> shape) {
    return keyStream(shape).toList();
  }

  private static Stream<Shape.Key<?>> keyStream(Shape<?> shape) {
    return switch (shape) {
      case Shape.Scalar<?> ignored -> Stream.of();
      case Shape.Listing<?> ignored -> Stream.of();
      case Shape.Dictionary<?> ignored -> Stream.of();
      case Shape.Mapping<?> mapping -> mapping.keys().stream();
      case Shape.Shorthand<?> shorthand -> shorthand.mapping().keys().stream();
      case Shape.Either<?> either -> either.forms().stream().flatMap(Forms::keyStream);
      case Shape.Mapped<?, ?> mapped -> keyStream(mapped.from());
    };
  }
}
