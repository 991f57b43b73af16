package dev.weir.haproxyconf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A parameter of a {@code server} or {@code default-server} line with its value.
 *
 * @param words its name, and its value where it has one
 */
public record Option(List<Word> words) {

  /** Parameters without a value, beside those that begin with {@code no-} and {@code force-}. */
  private static final Set<String> FLAGS =
      Set.of(
          "agent-check",
          "allow-0rtt",
          "backup",
          "check",
          "check-reuse-pool",
          "check-send-proxy",
          "check-ssl",
          "check-via-socks4",
          "disabled",
          "enabled",
          "non-stick",
          "send-proxy",
          "send-proxy-v2",
          "send-proxy-v2-ssl",
          "send-proxy-v2-ssl-cn",
          "ssl",
          "stick",
          "tfo",
          "tls-tickets");

  public Option {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a parameter without a name");
    }
  }

  /** Takes parameters apart. */
  public static List<Option> of(List<Word> words) {
    List<Option> options = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      int length = Math.min(words.size() - at, isFlag(words.get(at).text()) ? 1 : 2);
      options.add(new Option(words.subList(at, at + length)));
      at += length;
    }
    return options;
  }

  private static boolean isFlag(String name) {
    return FLAGS.contains(name) || name.startsWith("no-") || name.startsWith("force-");
  }

  public String name() {
    return words.getFirst().text();
  }

  /** Empty where it has none. */
  public String value() {
    return words.size() < 2 ? "" : words.get(1).text();
  }

  /** The index of its first character. */
  public int start() {
    return words.getFirst().start();
  }

  /** The index after its last one. */
  public int end() {
    return words.getLast().end();
  }

  /** As it is written. */
  public String source(String text) {
    return words.stream()
        .map(word -> text.substring(word.start(), word.end()))
        .collect(Collectors.joining(" "));
  }

  /** Whether it says the same as another, however both are written. */
  public boolean says(Option other) {
    return name().equals(other.name()) && value().equals(other.value());
  }

  /**
   * The parameters that all lines have, in the order of the first.
   *
   * @param lines of each line its parameters
   */
  public static List<Option> common(Collection<List<Option>> lines) {
    return lines.stream().findFirst().orElse(List.of()).stream()
        .filter(option -> lines.stream().allMatch(line -> line.stream().anyMatch(option::says)))
        .toList();
  }
}
