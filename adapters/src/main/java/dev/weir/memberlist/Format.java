package dev.weir.memberlist;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a list of members is written, told by the file's name or else by its first line. */
enum Format {
  /** YAML, and with it JSON. */
  STRUCTURED,
  /** An address on each line. */
  PLAIN;

  private static final Pattern IPV6_AND_PORT =
      Pattern.compile("\\[[0-9A-Fa-f:.]+]:[0-9]+\\s*(#.*)?");

  static Format of(String name, String text) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json")) {
      return STRUCTURED;
    }
    String first =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    boolean plain = IPV6_AND_PORT.matcher(first).matches() || !opensStructure(first);
    return plain ? PLAIN : STRUCTURED;
  }

  private static boolean opensStructure(String line) {
    return line.startsWith("[")
        || line.startsWith("{")
        || line.startsWith("- ")
        || line.equals("-")
        || line.startsWith("---")
        || line.startsWith("%YAML");
  }
}
