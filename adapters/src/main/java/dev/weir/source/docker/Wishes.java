package dev.weir.source.docker;

import dev.weir.model.Member;
import dev.weir.model.Quoted;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a container's labels wish for the member that it is. Nothing else of a pool or a proxy can
 * be said by a label.
 *
 * @param port inside the container, in place of the configured one
 * @param name in place of the container's
 * @param weight 1 to 256
 * @param backup takes traffic only when no other member can
 */
record Wishes(OptionalInt port, Optional<String> name, Optional<Integer> weight, boolean backup) {

  private static final String PREFIX = "weir.";

  /**
   * Reads the labels.
   *
   * @throws IllegalArgumentException with the label, its value and what was expected
   */
  static Wishes of(Container container) {
    Map<String, String> labels = container.labels();
    Optional<Integer> port = read(labels, "port", "1 to 65535", text -> number(text, 65535));
    return new Wishes(
        port.map(OptionalInt::of).orElse(OptionalInt.empty()),
        read(labels, "name", "a name", Wishes::name),
        read(labels, "weight", "1 to 256", text -> Member.checkWeight(number(text, 256))),
        read(labels, "backup", "true or false", Wishes::flag).orElse(false));
  }

  /** The member with what is wished for it. */
  Member applied(Member member) {
    Member named = name.map(member::withName).orElse(member);
    Member weighed = weight.map(named::withWeight).orElse(named);
    return weighed.withBackup(backup);
  }

  private static <T> Optional<T> read(
      Map<String, String> labels, String name, String expected, Function<String, T> parse) {
    String text = labels.get(PREFIX + name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "label %s%s: %s (expected: %s)".formatted(PREFIX, name, Quoted.of(text), expected),
          wrong);
    }
  }

  private static int number(String text, int most) {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException("no such number");
    }
    return Integer.parseInt(text);
  }

  private static String name(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
