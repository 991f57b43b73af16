package dev.weir.surround;

import dev.weir.model.DesiredMember;
import dev.weir.model.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parameters that a user appends to every server of a pool, with placeholders for the member:
 * {@code {name}}, {@code {id}} (its address as its source names it), {@code {host}} and {@code
 * {port}} (where the proxy connects to), {@code {label:KEY}} (nothing where it has no such label).
 *
 * @param source as the user wrote it
 * @param parts literals and placeholders in order
 */
public record ServerText(String source, List<Part> parts) {

  public static final ServerText NONE = new ServerText("", List.of());

  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.:/@+=,-]");
  private static final Set<String> WORDS = Set.of("name", "id", "host", "port");
  private static final String LABEL = "label:";

  public ServerText {
    parts = List.copyOf(parts);
  }

  /** A piece of the text. */
  public sealed interface Part {
    /** As it stands. */
    record Literal(String text) implements Part {}

    /** One of {@code name}, {@code id}, {@code host}, {@code port}. */
    record Property(String word) implements Part {}

    /** The value of the member's label. */
    record Label(String key) implements Part {}
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException for a placeholder that does not exist, or a brace that belongs
   *     to none
   */
  public static ServerText parse(String source) {
    List<Part> parts = new ArrayList<>();
    Matcher hole = HOLE.matcher(source);
    int end = 0;
    while (hole.find()) {
      literal(source.substring(end, hole.start()), parts);
      parts.add(placeholder(hole.group(1)));
      end = hole.end();
    }
    literal(source.substring(end), parts);
    return new ServerText(source, parts);
  }

  /**
   * The text for one member; in its values, every character that a proxy might read is {@code _}.
   */
  public String expand(DesiredMember member) {
    return expand(member, value -> UNSAFE.matcher(value).replaceAll("_"));
  }

  /**
   * The text for one member.
   *
   * @param safe makes a value, raw text of any characters, fit for its place
   */
  public String expand(DesiredMember member, UnaryOperator<String> safe) {
    return parts.stream().map(part -> text(part, member, safe)).collect(Collectors.joining());
  }

  private static String text(Part part, DesiredMember member, UnaryOperator<String> safe) {
    return switch (part) {
      case Part.Literal(String literal) -> literal;
      case Part.Label(String key) -> safe.apply(member.labels().getOrDefault(key, ""));
      case Part.Property(String word) -> safe.apply(property(word, member));
    };
  }

  private static String property(String word, DesiredMember member) {
    return switch (word) {
      case "name" -> member.name();
      case "id" -> member.id().address().toString();
      case "host" -> member.endpoint().host();
      case "port" -> Integer.toString(member.endpoint().port());
      default -> throw new IllegalStateException("parse() takes no {%s}".formatted(word));
    };
  }

  private static Part placeholder(String inside) {
    if (WORDS.contains(inside)) {
      return new Part.Property(inside);
    }
    if (inside.startsWith(LABEL) && inside.length() > LABEL.length()) {
      return new Part.Label(inside.substring(LABEL.length()));
    }
    throw new IllegalArgumentException(
        "no such placeholder: %s (expected: {name}, {id}, {host}, {port} or {label:KEY})"
            .formatted(Quoted.of("{" + inside + "}")));
  }

  private static void literal(String text, List<Part> parts) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "a brace without its partner in %s (expected: placeholders such as {name} only)"
              .formatted(Quoted.of(text)));
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Literal(text));
    }
  }
}
