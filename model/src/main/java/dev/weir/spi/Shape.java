package dev.weir.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a piece of configuration is written and what it becomes. A value that the binder interprets:
 * it binds configuration files, finds unknown keys, and writes the reference documentation.
 *
 * @param <T> what it becomes, immutable
 */
public sealed interface Shape<T> {

  /** What was expected, in a few words: {@code a duration such as 2s}. */
  String expectation();

  /**
   * One scalar.
   *
   * @param parse throws IllegalArgumentException with one line that says what is wrong with the
   *     value
   */
  record Scalar<T>(String expectation, Function<String, T> parse) implements Shape<T> {}

  /** A list of one shape. */
  record Listing<T>(Shape<T> item) implements Shape<List<T>> {
    @Override
    public String expectation() {
      return "a list, each item " + item.expectation();
    }
  }

  /** Keys chosen by the user, in the order written. */
  record Dictionary<T>(String keyName, Shape<T> value) implements Shape<Map<String, T>> {
    @Override
    public String expectation() {
      return "a mapping from " + keyName + " to " + value.expectation();
    }
  }

  /**
   * Known keys.
   *
   * @param build makes the value of what was bound; throws IllegalArgumentException with one line
   *     where values do not go together
   */
  record Mapping<T>(String expectation, List<Key<?>> keys, Function<Values, T> build)
      implements Shape<T> {
    public Mapping {
      keys = List.copyOf(keys);
    }
  }

  /** A mapping that may also be written as one scalar (or list), the value of its main key. */
  record Shorthand<T>(Key<?> main, Mapping<T> mapping) implements Shape<T> {
    @Override
    public String expectation() {
      return main.shape().expectation() + ", or " + mapping.expectation();
    }
  }

  /** The first form that the value's kind (scalar, list, mapping) and keys fit. */
  record Either<T>(String expectation, List<Shape<? extends T>> forms) implements Shape<T> {
    public Either {
      forms = List.copyOf(forms);
    }
  }

  /** Another shape's value, taken further. */
  record Mapped<A, T>(Shape<A> from, Function<A, T> map) implements Shape<T> {
    @Override
    public String expectation() {
      return from.expectation();
    }
  }

  /**
   * One key of a mapping.
   *
   * @param fallback what an absent key stands for
   * @param doc one sentence for the reference
   */
  record Key<T>(String name, Shape<T> shape, Fallback<T> fallback, String doc) {

    /** A key that must be there. */
    public static <T> Key<T> required(String name, Shape<T> shape, String doc) {
      return new Key<>(name, shape, new Fallback.Missing<>(), doc);
    }

    /** A key that may be absent. */
    public static <T> Key<T> optional(String name, Shape<T> shape, String doc) {
      return new Key<>(name, shape, new Fallback.Absent<>(), doc);
    }

    /**
     * A key with a default.
     *
     * @param shown as the reference shows the default, in configuration syntax
     */
    public static <T> Key<T> defaulted(
        String name, Shape<T> shape, T value, String shown, String doc) {
      return new Key<>(name, shape, new Fallback.Default<>(value, shown), doc);
    }
  }

  /** What an absent key stands for. */
  sealed interface Fallback<T> {
    /** An error. */
    record Missing<T>() implements Fallback<T> {}

    /** Nothing. */
    record Absent<T>() implements Fallback<T> {}

    /** A value. */
    record Default<T>(T value, String shown) implements Fallback<T> {}
  }

  /** Takes the value further. */
  default <U> Shape<U> map(Function<T, U> function) {
    return new Mapped<>(this, function);
  }

  static Shape<String> text(String expectation) {
    return new Scalar<>(expectation, Function.identity());
  }

  static <T> Shape<T> scalar(String expectation, Function<String, T> parse) {
    return new Scalar<>(expectation, parse);
  }

  static Shape<Boolean> flag() {
    return new Scalar<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  static Shape<Integer> integer(int least, int most) {
    String expectation =
        most == Integer.MAX_VALUE
            ? "a whole number, %d or more".formatted(least)
            : "a whole number from %d to %d".formatted(least, most);
    return new Scalar<>(
        expectation,
        text -> {
          if (!text.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException("not a whole number");
          }
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  /** One of an enumeration's names, in lower case with dashes. */
  static <E extends Enum<E>> Shape<E> choice(Class<E> type) {
    Map<String, E> byWord =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'), e -> e));
    String expectation =
        Arrays.stream(type.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(" or "));
    return new Scalar<>(
        expectation,
        text -> {
          E found = byWord.get(text);
          if (found == null) {
            throw new IllegalArgumentException("not one of them");
          }
          return found;
        });
  }

  static <T> Shape<List<T>> listOf(Shape<T> item) {
    return new Listing<>(item);
  }

  static <T> Shape<Map<String, T>> dictionary(String keyName, Shape<T> value) {
    return new Dictionary<>(keyName, value);
  }
}
