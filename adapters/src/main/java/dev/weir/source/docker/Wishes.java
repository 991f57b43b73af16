package dev.weir.source.docker;

import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.model.Quoted;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a container's labels wish for the member that it is, and for the check of a pool that a pool
 * set makes. Nothing else of a pool or a proxy can be said by a label.
 *
 * @param port inside the container, in place of the configured one
 * @param name in place of the container's
 * @param host in place of the one that stands for all addresses of the engine's machine
 * @param weight 1 to 256
 * @param backup takes traffic only when no other member can
 */
record Wishes(
    OptionalInt port,
    Optional<String> name,
    Optional<String> host,
    Optional<Integer> weight,
    boolean backup) {

  private static final String PREFIX = "weir.";

  /** What a path for checks looks like; nothing in it could end a line or a word. */
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,1023}");

  /**
   * Reads the labels.
   *
   * @throws IllegalArgumentException with the label, its value and what was expected
   */
  static Wishes of(Container container) {
    Map<String, String> labels = container.labels();
    Optional<String> ignored = read(labels, "check", "a path such as /healthz", Wishes::path);
    Optional<Integer> port = read(labels, "port", "1 to 65535", text -> number(text, 65535));
    return new Wishes(
        port.map(OptionalInt::of).orElse(OptionalInt.empty()),
        read(labels, "name", "a name", Wishes::name),
        read(labels, "host", "an IP or a host name", text -> Address.of(text, 1).host()),
        read(labels, "weight", "1 to 256", text -> Member.checkWeight(number(text, 256))),
        read(labels, "backup", "true or false", Wishes::flag).orElse(false));
  }

  /** The path that the container wishes to be checked by; absent when it is none, or not said. */
  static Optional<String> checkPath(Container container) {
    return Optional.ofNullable(container.labels().get(PREFIX + "check"))
        .filter(text -> PATH.matcher(text).matches());
  }

  /** Where the container is reached. */
  Addressing applied(Addressing addressing) {
    Addressing onHost = host.map(addressing::on).orElse(addressing);
    return port.isPresent() ? onHost.at(port.getAsInt()) : onHost;
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

  private static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException("no path");
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
