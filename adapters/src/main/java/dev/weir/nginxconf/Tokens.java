package dev.weir.nginxconf;

import dev.weir.handwritten.ConfException;
import dev.weir.model.Quoted;
import dev.weir.nginxconf.Token.Kind;
import dev.weir.nginxconf.Token.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an nginx configuration apart by nginx's own rules: a quotation only at the start of a word,
 * a backslash before any character, {@code #} at the start of a word up to the end of the line, and
 * a brace after a dollar sign opens no block. What stands in a block of Lua is one token.
 */
public final class Tokens {

  private static final String LUA_BLOCK = "_by_lua_block";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean first = true;
  private boolean lua;

  private Tokens(String text) {
    this.text = text;
  }

  /**
   * All tokens of the text.
   *
   * @throws ConfException for a quotation, escape or block of Lua without an end, or text that is
   *     glued to the end of a quotation
   */
  public static List<Token> of(String text) {
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
        at++;
        newLine();
      }
      case ' ', '\t', '\r' -> at++;
      case ';', '}' -> {
        single(c == ';' ? Kind.END : Kind.CLOSE);
        first = true;
      }
      case '{' -> open();
      case '#' -> comment();
      default -> {
        word(c);
        lua = first ? tokens.getLast().text().endsWith(LUA_BLOCK) : lua;
        first = false;
      }
    }
  }

  private void newLine() {
    line++;
    lineStart = at;
  }

  private void open() {
    single(Kind.OPEN);
    if (lua) {
      body();
    }
    lua = false;
    first = true;
  }

  private void single(Kind kind) {
    Span span = span(at + 1);
    at++;
    tokens.add(new Token(kind, "", span));
  }

  private void comment() {
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    tokens.add(new Token(Kind.COMMENT, text.substring(at + 1, stop), span(stop)));
    at = stop;
  }

  private void body() {
    int end = LuaBody.end(text, at);
    if (end < 0) {
      throw problem("a block of Lua without its end (expected: its })");
    }
    tokens.add(new Token(Kind.BODY, text.substring(at, end), span(end)));
    while (at < end) {
      if (text.charAt(at++) == '\n') {
        newLine();
      }
    }
  }

  private void word(char c) {
    int start = at;
    int fromLine = line;
    int fromColumn = at - lineStart + 1;
    String word = c == '"' || c == '\'' ? quotation(c) : bare();
    tokens.add(new Token(Kind.WORD, word, new Span(start, at, fromLine, fromColumn)));
  }

  private String quotation(char quote) {
    int fromLine = line;
    int fromColumn = at - lineStart + 1;
    StringBuilder word = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      take(word);
    }
    if (at >= text.length()) {
      throw new ConfException(fromLine, fromColumn, "a quotation mark without its partner");
    }
    at++;
    if (at < text.length() && " \t\r\n;{)".indexOf(text.charAt(at)) < 0) {
      throw problem(
          "%s right after a quotation (expected: a blank)"
              .formatted(Quoted.of(text.substring(at, at + 1))));
    }
    return word.toString();
  }

  /** Nearly all words are without a backslash, and so a piece of the text as it is. */
  private String bare() {
    int start = at;
    boolean variable = false;
    while (at < text.length() && text.charAt(at) != '\\') {
      char c = text.charAt(at);
      if (endsWord(c) || (c == '{' && !variable)) {
        return text.substring(start, at);
      }
      variable = c == '$' || (c == '{' && variable);
      at++;
    }
    StringBuilder word = new StringBuilder(text.substring(start, at));
    while (at < text.length()) {
      char c = text.charAt(at);
      if (endsWord(c) || (c == '{' && !variable)) {
        break;
      }
      variable = c == '$' || (c == '{' && variable);
      take(word);
    }
    return word.toString();
  }

  private static boolean endsWord(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';';
  }

  /** One character, or two where the first is a backslash. */
  private void take(StringBuilder word) {
    char c = text.charAt(at++);
    if (c != '\\') {
      word.append(c);
      if (c == '\n') {
        newLine();
      }
      return;
    }
    if (at >= text.length()) {
      throw problem("a backslash at the end");
    }
    char escaped = text.charAt(at++);
    switch (escaped) {
      case '"', '\'', '\\' -> word.append(escaped);
      case 't' -> word.append('\t');
      case 'r' -> word.append('\r');
      case 'n' -> word.append('\n');
      default -> word.append('\\').append(escaped);
    }
    if (escaped == '\n') {
      newLine();
    }
  }

  private Span span(int end) {
    return new Span(at, end, line, at - lineStart + 1);
  }

  private ConfException problem(String message) {
    return new ConfException(line, at - lineStart + 1, message);
  }
}
