package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Cuts the inside of a tag into tokens and keeps its brackets balanced. */
final class TagLexer {

  private final Source source;
  private final String text;

  /** The brackets that have to be closed, innermost first. */
  private final Deque<Kind> open = new ArrayDeque<>();

  private int end;

  TagLexer(Source source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Whether a bracket is open, so that the tag cannot end here. */
  boolean inBrackets() {
    return !open.isEmpty();
  }

  /** The offset after the last token. */
  int end() {
    return end;
  }

  /** The token that starts at an offset where there is neither white space nor the end. */
  Token next(int at) throws TemplateException {
    int c = text.codePointAt(at);
    if (isDigit(c)) {
      return number(at);
    }
    if (isNamePart(c)) {
      return name(at);
    }
    if (c == '\'' || c == '"') {
      return string(at);
    }
    Kind kind = Kind.operatorAt(text, at);
    if (kind == Kind.EOF) {
      throw Mistake.at(
          source,
          at,
          "unexpected character " + shown(c) + " (expected: a name, value or operator)");
    }
    balance(kind, at);
    end = at + kind.symbol().length();
    return new Token(kind, kind.symbol(), at);
  }

  private static String shown(int c) {
    return Character.isISOControl(c) ? "U+%04X".formatted(c) : "'" + Character.toString(c) + "'";
  }

  private void balance(Kind kind, int at) throws TemplateException {
    switch (kind) {
      case LPAREN -> open.push(Kind.RPAREN);
      case LBRACKET -> open.push(Kind.RBRACKET);
      case LBRACE -> open.push(Kind.RBRACE);
      case RPAREN, RBRACKET, RBRACE -> {
        Kind expected = open.poll();
        if (expected != kind) {
          String hint = expected == null ? "no bracket is open" : "expected: " + expected.shown();
          throw Mistake.at(source, at, "unexpected " + kind.shown() + " (" + hint + ")");
        }
      }
      default -> {}
    }
  }

  private Token name(int at) throws TemplateException {
    int i = at;
    while (i < text.length() && isNamePart(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    String name = text.substring(at, i);
    int first = name.codePointAt(0);
    if (first != '_' && !Character.isUnicodeIdentifierStart(first)) {
      throw Mistake.at(source, at, "a name cannot start with " + shown(first));
    }
    end = i;
    return new Token(Kind.NAME, name, at);
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private Token number(int at) {
    int afterFloat = at > 0 && text.charAt(at - 1) == '.' ? at : floatEnd(at);
    if (afterFloat > at) {
      end = afterFloat;
      return new Token(Kind.FLOAT, digits(at), at);
    }
    end = integerEnd(at);
    return new Token(Kind.INTEGER, digits(at), at);
  }

  private String digits(int at) {
    return text.substring(at, end).replace("_", "");
  }

  /** The offset after a number with a fraction or an exponent; the start itself where none is. */
  private int floatEnd(int at) {
    int whole = run(at, 10);
    int fraction = fractionEnd(whole);
    int exponent = exponentEnd(fraction);
    return exponent > whole ? exponent : at;
  }

  private int fractionEnd(int dot) {
    if (!text.startsWith(".", dot)) {
      return dot;
    }
    int digits = run(dot + 1, 10);
    return digits > dot + 1 ? digits : dot;
  }

  private int exponentEnd(int e) {
    if (e >= text.length() || (text.charAt(e) | 0x20) != 'e') {
      return e;
    }
    int sign = e + 1 < text.length() && "+-".indexOf(text.charAt(e + 1)) >= 0 ? e + 2 : e + 1;
    int digits = run(sign, 10);
    return digits > sign ? digits : e;
  }

  private int integerEnd(int at) {
    if (text.charAt(at) != '0') {
      return run(at, 10);
    }
    int radix = at + 1 < text.length() ? radix(text.charAt(at + 1)) : 0;
    if (radix > 0) {
      int from = text.startsWith("_", at + 2) ? at + 3 : at + 2;
      int digits = run(from, radix);
      if (digits > from) {
        return digits;
      }
    }
    int zeros = at + 1;
    while (text.startsWith("0", zeros) || text.startsWith("_0", zeros)) {
      zeros += text.charAt(zeros) == '_' ? 2 : 1;
    }
    return zeros;
  }

  static int radix(char letter) {
    return switch (letter | 0x20) {
      case 'b' -> 2;
      case 'o' -> 8;
      case 'x' -> 16;
      default -> 0;
    };
  }

  /** The offset after a run of digits with single underscores between them. */
  private int run(int from, int radix) {
    int i = from;
    while (isDigit(i, radix)) {
      i++;
      if (text.startsWith("_", i) && isDigit(i + 1, radix)) {
        i++;
      }
    }
    return i;
  }

  private boolean isDigit(int index, int radix) {
    return index < text.length()
        && text.charAt(index) < 0x80
        && Character.digit(text.charAt(index), radix) >= 0;
  }

  private Token string(int at) throws TemplateException {
    char quote = text.charAt(at);
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        end = i + 1;
        return new Token(Kind.STRING, Escapes.decode(source, text, at + 1, i), at);
      }
    }
    throw Mistake.at(source, at, "this string has no end: " + quote + " is missing");
  }
}
