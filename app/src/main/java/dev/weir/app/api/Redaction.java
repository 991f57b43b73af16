package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes what is secret out of texts that leave the machine: every secret that Weir knows, wherever
 * it stands, and what looks like one. It takes too much rather than too little.
 */
final class Redaction {

  static final String HIDDEN = "***";

  /** Shorter ones would be found everywhere. */
  private static final int SHORTEST = 4;

  private static final String WORD =
      "(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
          + "|credential(?!:\\S)|authorization|cookie)"; // credential:NAME refers to one
  private static final String NO_REFERENCE = "(?!env:|file:|credential:)";

  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String regex, String replacement) {
      return new Rule(Pattern.compile("(?i)" + regex), replacement);
    }
  }

  /** For any text. */
  private static final List<Rule> ANYWHERE =
      List.of(
          Rule.of(
              "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE"
                  + " KEY-----|\\z)",
              "(a private key) " + HIDDEN),
          Rule.of("(?<=://)[^/@\\s\"']+@", HIDDEN + "@"),
          Rule.of("\\b(bearer|basic|digest)\\s+[A-Za-z0-9+/=._~:-]{4,}", "$1 " + HIDDEN),
          new Rule(
              Pattern.compile("\\bweir_(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{43}"),
              "weir_" + HIDDEN),
          Rule.of("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", HIDDEN),
          Rule.of("(hooks\\.[a-z.]+/)\\S+", "$1" + HIDDEN),
          Rule.of(
              "([\\w.-]*"
                  + WORD
                  + "[\\w.-]*[\"']?\\s*[=:]\\s*)"
                  + NO_REFERENCE
                  + "(?:\"[^\"]*\"|'[^']*'|[^\\s,;&}]+)",
              "$1" + HIDDEN));

  /** For one line of what people and proxies write, in which a value may be of several words. */
  private static final List<Rule> IN_LINES =
      List.of(
          Rule.of(
              "((?:set|add|replace)-header|proxy_set_header|add_header)(\\s+\\S+\\s+)\\S.*",
              "$1$2" + HIDDEN),
          Rule.of(
              "((?:[\\w-]*auth[\\w-]*|[\\w-]*cookie)[\"']?\\s*:\\s*)" + NO_REFERENCE + "\\S.*",
              "$1" + HIDDEN),
          Rule.of("([\\w-]*(?:" + WORD + "|auth)[\\w-]*[\"']?\\s+)\\S.*", "$1" + HIDDEN));

  private final List<String> known;

  /**
   * @param known secrets as they are
   */
  Redaction(Collection<String> known) {
    this.known =
        known.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Any text, of any number of lines. */
  String text(String text) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, HIDDEN);
    }
    return applied(ANYWHERE, clean);
  }

  /** What people or a proxy wrote: besides, the rest of a line after a word that tells secrets. */
  String line(String text) {
    return applied(IN_LINES, text(text));
  }

  private static String applied(List<Rule> rules, String text) {
    String clean = text;
    for (Rule rule : rules) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }

  /** Every text of a tree. */
  JsonObject tree(JsonObject object) {
    JsonObject clean = new JsonObject();
    for (Map.Entry<String, Object> field : object.fields().entrySet()) {
      var _ = clean.with(field.getKey(), value(field.getValue()));
    }
    return clean;
  }

  private Object value(Object value) {
    return switch (value) {
      case JsonObject object -> tree(object);
      case List<?> list -> list.stream().map(this::value).toList();
      case String text -> line(text);
      default -> value;
    };
  }
}
