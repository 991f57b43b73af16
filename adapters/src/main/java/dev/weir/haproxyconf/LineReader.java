package dev.weir.haproxyconf;

import dev.weir.handwritten.ConfException;
import dev.weir.model.Quoted;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one line apart by HAProxy's own rules: quotations anywhere in a word, in double ones also
 * escapes and variables; a backslash before some characters and no others; {@code #} outside of
 * quotations; a carriage return right behind a word ends the line whatever follows. Used once.
 */
final class LineReader {

  private static final char NO_QUOTE = 0;

  /** The letters that mean something after a backslash, and what. */
  private static final String ESCAPED = " \\#\"'$tnr";

  private static final String MEANING = " \\#\"'$\t\n\r";

  private final String text;
  private final int number;
  private final int start;
  private final int end;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;
  private int wordStart = -1;
  private boolean variable;
  private char quote = NO_QUOTE;
  private int quoteAt;
  private int comment = Line.NONE;

  /**
   * @param start the index of the line's first character
   * @param end the index after its last one
   */
  LineReader(String text, int number, int start, int end) {
    this.text = text;
    this.number = number;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  /**
   * Reads it.
   *
   * @throws ConfException for a quotation without an end, or what is no escape or variable
   */
  Line read(boolean conditional) {
    skipBlanks();
    while (at < end && text.charAt(at) != '\r' && comment == Line.NONE) {
      take(text.charAt(at));
    }
    if (quote != NO_QUOTE) {
      throw problem(quoteAt, "a quotation mark without its partner in the same line");
    }
    endWord();
    return new Line(number, start, end, words, comment, conditional);
  }

  private void take(char c) {
    if (c == NO_QUOTE) {
      throw problem(at, "a character with the code 0 (expected: text)");
    } else if (c == '#' && quote == NO_QUOTE) {
      comment = at;
    } else if ((c == '"' || c == '\'') && (quote == NO_QUOTE || quote == c)) {
      quote(c);
    } else if (c == '\\' && quote != '\'') {
      escape();
    } else if (quote == NO_QUOTE && isBlank(c)) {
      endWord();
      skipBlanks();
    } else if (c == '$' && quote == '"') {
      variable();
    } else {
      add(c);
      at++;
    }
  }

  private void quote(char c) {
    begin();
    if (quote == NO_QUOTE) {
      quote = c;
      quoteAt = at;
    } else {
      quote = NO_QUOTE;
    }
    at++;
  }

  private void escape() {
    begin();
    char next = peek(1);
    int known = next == NO_QUOTE ? -1 : ESCAPED.indexOf(next);
    if (known >= 0 && (next != '$' || quote == '"')) {
      add(MEANING.charAt(known));
      at += 2;
    } else if (next == 'x') {
      int high = Character.digit(peek(2), 16);
      int low = Character.digit(peek(3), 16);
      if (high < 0 || low < 0) {
        throw problem(at, "\\x without two hexadecimal digits");
      }
      add((char) (high * 16 + low));
      at += 4;
    } else {
      add('\\');
      at++;
    }
  }

  /**
   * {@code $NAME}, <code>${NAME}</code>, <code>${NAME-instead}</code> and <code>${NAME[*]}</code>.
   */
  private void variable() {
    int from = at;
    at++;
    boolean brace = peek(0) == '{';
    at += brace ? 1 : 0;
    if (!isLetter(peek(0)) && peek(0) != '.') {
      throw problem(from, "$ without the name of a variable (expected: \\$ for the character)");
    }
    do {
      at++;
    } while (isLetter(peek(0)) || isDigit(peek(0)));
    if (brace) {
      closeBrace(from);
    }
    variable = true;
    word.append(text, from, at);
  }

  private void closeBrace(int from) {
    if (peek(0) == '[') {
      if (peek(1) != '*' || peek(2) != ']') {
        throw problem(at, "%s after a variable (expected: [*])".formatted(Quoted.of("[")));
      }
      at += 3;
    }
    if (peek(0) == '-') {
      while (at < end && text.charAt(at) != '}') {
        at++;
      }
    }
    if (peek(0) != '}') {
      throw problem(from, "${ without its } behind the name");
    }
    at++;
  }

  private void begin() {
    if (wordStart < 0) {
      wordStart = at;
    }
  }

  private void add(char c) {
    begin();
    word.append(c);
  }

  private void endWord() {
    if (wordStart >= 0) {
      words.add(new Word(word.toString(), wordStart, at, variable));
      word.setLength(0);
      wordStart = -1;
      variable = false;
    }
  }

  private char peek(int ahead) {
    return at + ahead < end ? text.charAt(at + ahead) : NO_QUOTE;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Among blanks a carriage return is one too. */
  private void skipBlanks() {
    while (at < end && (isBlank(text.charAt(at)) || text.charAt(at) == '\r')) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == 0x0b || c == '\f';
  }

  private ConfException problem(int where, String message) {
    return new ConfException(number, where - start + 1, message);
  }
}
