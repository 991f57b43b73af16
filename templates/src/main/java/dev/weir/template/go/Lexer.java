package dev.weir.template.go;

import dev.weir.template.Text;
import dev.weir.template.go.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes tokens of the bytes of a template, one at a time: what is behind an error is never looked
 * at.
 */
final class Lexer {
  private static final String LEFT = "{{";
  private static final String RIGHT = Input.RIGHT;
  private static final String COMMENT = "/*";
  private static final String COMMENT_END = "*/";
  private static final int MARKER = Input.MARKER;
  private static final int END = -1;

  private final Input input;
  private final Deque<Token> ready = new ArrayDeque<>(2);
  private int start;
  private int at;
  private int line = 1;
  private int counted;
  private int open;
  private boolean inAction;

  Lexer(Text text) {
    input = new Input(text.toBytes());
  }

  /** The next token; at the end, and behind an error, the end again and again. */
  Token next() {
    while (ready.isEmpty()) {
      if (inAction) {
        action();
      } else {
        text();
      }
    }
    return ready.remove();
  }

  private void text() {
    int delimiter = input.find(LEFT, at);
    if (delimiter < 0) {
      at = input.length();
      if (at > start) {
        emit(Kind.TEXT);
      }
      emit(Kind.END_OF_TEXT);
      return;
    }
    boolean trims = input.isLeftMarker(delimiter + LEFT.length());
    at = trims ? input.beforeSpace(start, delimiter) : delimiter;
    if (at > start) {
      emit(Kind.TEXT);
    }
    at = delimiter;
    start = at;
    leftDelimiter(trims ? MARKER : 0);
  }

  private void leftDelimiter(int marker) {
    at += LEFT.length();
    if (input.startsWith(COMMENT, at + marker)) {
      at += marker;
      start = at;
      comment();
      return;
    }
    emit(Kind.LEFT_DELIMITER);
    at += marker;
    start = at;
    inAction = true;
    open = 0;
  }

  private void comment() {
    int end = input.find(COMMENT_END, at + COMMENT.length());
    if (end < 0) {
      fail("unclosed comment");
      return;
    }
    at = end + COMMENT_END.length();
    if (!isRightDelimiter()) {
      fail("comment ends before closing delimiter");
      return;
    }
    behindRightDelimiter();
    start = at;
  }

  /** Whether {@code }}}, trimming or not, is here. */
  private boolean isRightDelimiter() {
    return input.startsWith(RIGHT, at) || input.isTrimmingRightDelimiter(at);
  }

  private void behindRightDelimiter() {
    boolean trims = input.isTrimmingRightDelimiter(at);
    at += (trims ? MARKER : 0) + RIGHT.length();
    if (trims) {
      at = input.behindSpace(at);
    }
  }

  private void action() {
    if (isRightDelimiter()) {
      rightDelimiter();
      return;
    }
    if (input.isSpace(at)) {
      space();
      return;
    }
    int rune = peek();
    switch (rune) {
      case END -> fail("unclosed action");
      case '=' -> emitNext(Kind.ASSIGN);
      case '|' -> emitNext(Kind.PIPE);
      case ':' -> declare();
      case '(' -> {
        open++;
        emitNext(Kind.LEFT_PARENTHESIS);
      }
      case ')' -> {
        emitNext(Kind.RIGHT_PARENTHESIS);
        if (--open < 0) {
          fail("unexpected right paren " + Runes.named(rune));
        }
      }
      case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
      case '\'' -> quoted('\'', Kind.CHARACTER_CONSTANT, "unterminated character constant");
      case '`' -> raw();
      case '$' -> name(Kind.VARIABLE);
      case '.' -> {
        if (input.isDigit(at + 1) || at + 1 >= input.length()) {
          number();
        } else {
          name(Kind.FIELD);
        }
      }
      case '+', '-' -> number();
      default -> other(rune);
    }
  }

  private void other(int rune) {
    if (input.isDigit(at)) {
      number();
    } else if (Runes.isAlphanumeric(rune)) {
      word();
    } else if (rune < 0x80 && Runes.isPrint(rune)) {
      emitNext(Kind.CHARACTER);
    } else {
      at += input.width(at);
      fail("unrecognized character in action: " + Runes.named(rune));
    }
  }

  private void rightDelimiter() {
    if (open > 0) {
      fail("unclosed left paren");
      return;
    }
    boolean trims = input.isTrimmingRightDelimiter(at);
    if (trims) {
      at += MARKER;
      start = at;
    }
    at += RIGHT.length();
    emit(Kind.RIGHT_DELIMITER);
    if (trims) {
      at = input.behindSpace(at);
      start = at;
    }
    inAction = false;
  }

  /** A run of white space, but for the one that belongs to a trimming delimiter. */
  private void space() {
    at = input.behindSpace(at);
    if (input.isTrimmingRightDelimiter(at - 1)) {
      at--;
    }
    emit(Kind.SPACE);
  }

  private void declare() {
    at++;
    if (!input.startsWith('=', at)) {
      fail("expected :=");
      return;
    }
    emitNext(Kind.DECLARE);
  }

  private void quoted(char quote, Kind kind, String unterminated) {
    at++;
    while (!input.startsWith(quote, at)) {
      at += input.startsWith('\\', at) ? 1 : 0;
      if (at >= input.length() || input.startsWith('\n', at)) {
        fail(unterminated);
        return;
      }
      at++;
    }
    emitNext(kind);
  }

  private void raw() {
    at = input.find("`", at + 1);
    if (at < 0) {
      at = input.length();
      fail("unterminated raw quoted string");
      return;
    }
    emitNext(Kind.RAW_STRING);
  }

  /** A field or variable; a dot or dollar alone where nothing follows. */
  private void name(Kind kind) {
    at++;
    if (input.endsName(at)) {
      emit(kind == Kind.FIELD ? Kind.DOT : kind);
      return;
    }
    at = input.behindWord(at);
    if (input.endsName(at)) {
      emit(kind);
    } else {
      fail("bad character " + Runes.named(peek()));
    }
  }

  private void word() {
    at = input.behindWord(at);
    if (!input.endsName(at)) {
      fail("bad character " + Runes.named(peek()));
      return;
    }
    Kind known = Kind.ofWord(input.text(start, at).toString());
    emit(known == null ? Kind.IDENTIFIER : known);
  }

  private void number() {
    NumberScanner scanner = new NumberScanner(input.bytes(), at);
    boolean good = scanner.scan();
    at = scanner.position();
    if (good && (input.startsWith('+', at) || input.startsWith('-', at))) {
      good = scanner.scan() && input.startsWith('i', scanner.position() - 1);
      at = scanner.position();
      emitNumber(good, Kind.COMPLEX);
      return;
    }
    emitNumber(good && !Runes.isAlphanumeric(peek()), Kind.NUMBER);
  }

  private void emitNumber(boolean good, Kind kind) {
    if (good) {
      emit(kind);
    } else {
      fail("bad number syntax: " + Quoting.quote(input.text(start, at)));
    }
  }

  private int peek() {
    return at < input.length() ? input.rune(at) : END;
  }

  private void emitNext(Kind kind) {
    at++;
    emit(kind);
  }

  private void emit(Kind kind) {
    ready.add(new Token(kind, start, lineOfStart(), input.text(start, at)));
    start = at;
  }

  /** Reports an error; what follows is the end. */
  private void fail(String message) {
    ready.add(new Token(Kind.ERROR, start, lineOfStart(), Text.of(message)));
    at = input.length();
    start = at;
    inAction = false;
  }

  private int lineOfStart() {
    for (; counted < start; counted++) {
      if (input.startsWith('\n', counted)) {
        line++;
      }
    }
    return line;
  }
}
