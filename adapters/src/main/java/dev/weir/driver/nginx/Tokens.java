package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Token.Kind;
import dev.weir.model.Quoted;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an nginx configuration apart by nginx's own rules: a quotation only at the start of a word,
 * a backslash before any character, {@code #} at the start of a word up to the end of the line, and
 * a brace after a dollar sign opens no block.
 */
final class Tokens {

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private Tokens(String text) {
    this.text = text;
  }

  /**
   * All tokens of the text.
   *
   * @throws IllegalArgumentException for a quotation or escape without an end, or text that is
   *     glued to the end of a quotation
   */
  static List<Token> of(String text) {
    Tokens reader = new Tokens(text);
    while (reader.at < text.length()) {
      reader.next();
    }
    return reader.tokens;
  }

  private void next() {
    char c = text.charAt(at);
    switch (c) {
      case '\n' -> {
        line++;
        at++;
      }
      case ' ', '\t', '\r' -> at++;
      case ';' -> single(Kind.END);
      case '{' -> single(Kind.OPEN);
      case '}' -> single(Kind.CLOSE);
      case '#' -> comment();
      case '"', '\'' -> quotation(c);
      default -> word();
    }
  }

  private void single(Kind kind) {
    tokens.add(new Token(kind, "", line));
    at++;
  }

  private void comment() {
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    tokens.add(new Token(Kind.COMMENT, text.substring(at + 1, stop), line));
    at = stop;
  }

  private void quotation(char quote) {
    int start = line;
    StringBuilder word = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      take(word);
    }
    if (at >= text.length()) {
      throw new IllegalArgumentException("a quotation mark without its partner");
    }
    at++;
    if (at < text.length() && " \t\r\n;{)".indexOf(text.charAt(at)) < 0) {
      throw new IllegalArgumentException(
          "%s right after a quotation (expected: a blank)"
              .formatted(Quoted.of(text.substring(at, at + 1))));
    }
    tokens.add(new Token(Kind.WORD, word.toString(), start));
  }

  private void word() {
    int start = line;
    StringBuilder word = new StringBuilder();
    while (at < text.length() && !endsWord(word)) {
      take(word);
    }
    tokens.add(new Token(Kind.WORD, word.toString(), start));
  }

  private boolean endsWord(StringBuilder word) {
    char c = text.charAt(at);
    boolean variable = c == '{' && !word.isEmpty() && word.charAt(word.length() - 1) == '$';
    return " \t\r\n;{".indexOf(c) >= 0 && !variable;
  }

  /** One character, or two where the first is a backslash. */
  private void take(StringBuilder word) {
    char c = text.charAt(at++);
    if (c != '\\') {
      line += c == '\n' ? 1 : 0;
      word.append(c);
      return;
    }
    if (at >= text.length()) {
      throw new IllegalArgumentException("a backslash at the end");
    }
    char escaped = text.charAt(at++);
    line += escaped == '\n' ? 1 : 0;
    switch (escaped) {
      case '"', '\'', '\\' -> word.append(escaped);
      case 't' -> word.append('\t');
      case 'r' -> word.append('\r');
      case 'n' -> word.append('\n');
      default -> word.append('\\').append(escaped);
    }
  }
}
