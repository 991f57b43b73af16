package dev.weir.nginxconf;

/**
 * A piece of an nginx configuration.
 *
 * @param text of a word, quotes and escapes taken off; of a comment, what follows its {@code #}; of
 *     a body, all of it; else empty
 * @param span where it stands, quotes included
 */
public record Token(Kind kind, String text, Span span) {

  /** What a piece is. */
  public enum Kind {
    /** A name or an argument. */
    WORD,
    /** {@code ;} */
    END,
    /** <code>{</code> */
    OPEN,
    /** <code>}</code> */
    CLOSE,
    /** From a {@code #} to the end of its line, the line end left out. */
    COMMENT,
    /** What a block of another language holds, between its braces. */
    BODY
  }

  /**
   * A piece of a text.
   *
   * @param start the index of its first character
   * @param end the index after its last one
   * @param line of its first character, counted from 1
   * @param column of its first character, counted from 1
   */
  public record Span(int start, int end, int line, int column) {}

  /** The line that it begins in, counted from 1. */
  public int line() {
    return span.line();
  }

  /** Whether it is of this kind. */
  public boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether it is this word. */
  public boolean isWord(String wanted) {
    return kind == Kind.WORD && text.equals(wanted);
  }
}
