package dev.weir.app.config;

import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A probe type's options taken apart, so that they can stand among other keys of the check.
 *
 * @param kind the key that chooses the type; its value is that of the main option, or nothing
 * @param main the main option; absent where the type has none
 * @param others its other options
 * @param make makes the options of all of them
 */
record FlatOptions<O, M>(
    Shape.Key<Optional<M>> kind,
    Optional<Shape.Key<M>> main,
    List<Shape.Key<?>> others,
    Function<Values, O> make) {

  /** Takes apart the options of the type of this name. */
  static <O> FlatOptions<O, ?> of(String name, Shape<O> shape) {
    return switch (shape) {
      case Shape.Shorthand<O> shorthand -> of(name, shorthand.main(), shorthand.mapping());
      case Shape.Mapping<O> mapping -> FlatOptions.<O, Object>withoutMain(name, mapping);
      case Shape.Mapped<?, O> mapped -> further(name, mapped);
      case Shape.Scalar<?> other -> throw unsuitable(other);
      case Shape.Listing<?> other -> throw unsuitable(other);
      case Shape.Dictionary<?> other -> throw unsuitable(other);
      case Shape.Either<?> other -> throw unsuitable(other);
    };
  }

  /** The options of a check as bound. */
  O build(Values check) {
    Values.Builder own = new Values.Builder();
    main.ifPresent(key -> check.get(kind).ifPresent(value -> own.put(key, value)));
    others.forEach(key -> carry(key, check, own));
    return make.apply(own.build());
  }

  private static <T> void carry(Shape.Key<T> key, Values from, Values.Builder to) {
    if (from.written(key)) {
      to.put(key, from.get(key));
    }
  }

  private static <O, M> FlatOptions<O, M> of(
      String name, Shape.Key<M> main, Shape.Mapping<O> mapping) {
    List<Shape.Key<?>> others = mapping.keys().stream().filter(key -> !key.equals(main)).toList();
    Shape<Optional<M>> given = main.shape().map(Optional::of);
    Shape<Optional<M>> value =
        Forms.required(main)
            ? given
            : new Shape.Either<>(given.expectation(), List.of(given, nothing()));
    return new FlatOptions<>(
        Shape.Key.required(name, value, main.doc()), Optional.of(main), others, mapping.build());
  }

  private static <O, M> FlatOptions<O, M> withoutMain(String name, Shape.Mapping<O> mapping) {
    Shape.Key<Optional<M>> kind =
        Shape.Key.required(name, FlatOptions.<M>nothing(), "Chooses this kind of check.");
    return new FlatOptions<>(kind, Optional.empty(), mapping.keys(), mapping.build());
  }

  private static <A, O> FlatOptions<O, ?> further(String name, Shape.Mapped<A, O> mapped) {
    return of(name, mapped.from()).andThen(mapped.map());
  }

  private <P> FlatOptions<P, M> andThen(Function<O, P> map) {
    return new FlatOptions<>(kind, main, others, make.andThen(map));
  }

  private static <M> Shape<Optional<M>> nothing() {
    return new Shape.Mapping<>("{}", List.of(), values -> Optional.empty());
  }

  private static IllegalArgumentException unsuitable(Shape<?> shape) {
    return new IllegalArgumentException(
        "a probe's options: %s (expected: a mapping)".formatted(shape.expectation()));
  }
}
