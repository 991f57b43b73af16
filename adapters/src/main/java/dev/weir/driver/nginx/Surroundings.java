package dev.weir.driver.nginx;

import dev.weir.model.Quoted;
import dev.weir.nginxconf.Token;
import dev.weir.nginxconf.Token.Kind;
import dev.weir.nginxconf.Tokens;
import dev.weir.surround.ServerText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges what a user writes into an {@code upstream} section around Weir's members. */
final class Surroundings {

  private static final Set<String> OWNED_PARAMETERS = Set.of("weight", "backup", "down");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern BALANCED =
      Pattern.compile("\\\\.|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");
  private static final Pattern KEYED_HOLE = Pattern.compile("[a-z_]+=.*");

  private Surroundings() {}

  /**
   * One directive of a section.
   *
   * @return the directive with its end
   * @throws IllegalArgumentException where it is not exactly one, or one that Weir writes itself
   */
  static String directive(String item) {
    String text = oneLine(item);
    List<Token> tokens = Tokens.of(text);
    if (tokens.isEmpty() || !tokens.getFirst().is(Kind.WORD)) {
      throw new IllegalArgumentException("no directive");
    }
    if (tokens.getFirst().isWord("server")) {
      throw new IllegalArgumentException(
          "'server' lines are written by Weir (expected: members from sources; parameters that all"
              + " of them get, under 'server:')");
    }
    int end = endOfDirective(tokens);
    if (end < tokens.size() - 1) {
      throw new IllegalArgumentException("more than one directive (expected: one per item)");
    }
    return end == tokens.size() ? text + ";" : text;
  }

  /**
   * The parameters of every server line of a section.
   *
   * @throws IllegalArgumentException where they could end the line, or are Weir's own
   */
  static ServerText server(String item) {
    String text = oneLine(item);
    ServerText parsed = ServerText.parse(text);
    for (String word : text.split("[ \t]+", -1)) {
      if (word.indexOf('{') >= 0 && !KEYED_HOLE.matcher(word).matches()) {
        throw new IllegalArgumentException(
            "%s: a placeholder cannot be a parameter by itself (expected: key={...})"
                .formatted(Quoted.of(word)));
      }
    }
    for (Token token : Tokens.of(text.replaceAll("\\{[^{}]*}", "x"))) {
      parameter(token);
    }
    return parsed;
  }

  private static void parameter(Token token) {
    if (!token.is(Kind.WORD)) {
      throw new IllegalArgumentException("not only parameters (expected: no ; { } or #)");
    }
    String key = token.text().split("=", 2)[0].toLowerCase(Locale.ROOT);
    if (OWNED_PARAMETERS.contains(key)) {
      throw new IllegalArgumentException(
          "'%s' is written by Weir (expected: it from the member)".formatted(key));
    }
  }

  /** The index of the token that ends the first directive; their number where none does. */
  private static int endOfDirective(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).kind()) {
        case WORD, BODY -> {}
        case COMMENT ->
            throw new IllegalArgumentException("a comment in a directive (expected: none)");
        case OPEN -> depth++;
        case CLOSE -> {
          depth--;
          if (depth <= 0) {
            return balanced(depth, i);
          }
        }
        case END -> {
          if (depth == 0) {
            return i;
          }
        }
      }
    }
    return balanced(depth, tokens.size());
  }

  private static int balanced(int depth, int index) {
    if (depth != 0) {
      throw new IllegalArgumentException("a brace without its partner");
    }
    return index;
  }

  private static String oneLine(String item) {
    String text = item.strip();
    if (CONTROL.matcher(text).find()) {
      throw new IllegalArgumentException(
          "a line break or another control character in %s (expected: one line)"
              .formatted(Quoted.of(text)));
    }
    String unquoted = BALANCED.matcher(text).replaceAll("");
    if (unquoted.indexOf('"') >= 0 || unquoted.indexOf('\'') >= 0) {
      throw new IllegalArgumentException(
          "a quotation mark without its partner in %s".formatted(Quoted.of(text)));
    }
    return text;
  }
}
