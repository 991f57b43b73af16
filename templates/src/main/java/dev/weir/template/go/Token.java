package dev.weir.template.go;

import dev.weir.template.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The smallest piece of a template.
 *
 * @param kind what it is
 * @param position its first byte in the template
 * @param line the line of that byte, counted from 1
 * @param text as written; for an error, its message
 */
record Token(Kind kind, int position, int line, Text text) {
  /** What a token is. */
  enum Kind {
    ERROR,
    END_OF_TEXT,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    LEFT_PARENTHESIS,
    RIGHT_PARENTHESIS,
    PIPE,
    ASSIGN,
    DECLARE,
    CHARACTER,
    BOOL,
    CHARACTER_CONSTANT,
    COMPLEX,
    NUMBER,
    STRING,
    RAW_STRING,
    IDENTIFIER,
    FIELD,
    VARIABLE,
    DOT,
    NIL,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    private static final Map<String, Kind> WORDS =
        Map.ofEntries(
            Map.entry("nil", NIL),
            Map.entry("block", BLOCK),
            Map.entry("break", BREAK),
            Map.entry("continue", CONTINUE),
            Map.entry("define", DEFINE),
            Map.entry("else", ELSE),
            Map.entry("end", END),
            Map.entry("if", IF),
            Map.entry("range", RANGE),
            Map.entry("template", TEMPLATE),
            Map.entry("with", WITH),
            Map.entry("true", BOOL),
            Map.entry("false", BOOL));

    /** The kind of a word that means something to the language, or null. */
    static @Nullable Kind ofWord(String word) {
      return WORDS.get(word);
    }

    private boolean isKeyword() {
      return compareTo(DOT) >= 0;
    }
  }

  private static final int SHOWN = 10;

  /** The text as a string. */
  String word() {
    return text.toString();
  }

  /** As errors name it. */
  @Override
  public String toString() {
    if (kind == Kind.END_OF_TEXT) {
      return "EOF";
    }
    if (kind == Kind.ERROR) {
      return word();
    }
    if (kind.isKeyword()) {
      return "<" + word() + ">";
    }
    return text.byteLength() > SHOWN
        ? Quoting.quote(Runes.truncate(text, SHOWN)) + "..."
        : Quoting.quote(text);
  }
}
