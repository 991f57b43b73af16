package dev.weir.driver.nginx;

/**
 * A piece of an nginx configuration.
 *
 * @param text of a word, quotes taken off; of a comment, what follows its {@code #}; else empty
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {

  enum Kind {
    WORD,
    /** {@code ;} */
    END,
    /** <code>{</code> */
    OPEN,
    /** <code>}</code> */
    CLOSE,
    COMMENT
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isWord(String wanted) {
    return kind == Kind.WORD && text.equals(wanted);
  }
}
