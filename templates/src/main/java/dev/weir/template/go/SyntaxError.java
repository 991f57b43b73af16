package dev.weir.template.go;

/** The text is no template; found at a token, which knows its place. */
final class SyntaxError extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int position;

  SyntaxError(String message, int line, int position) {
    super(message);
    this.line = line;
    this.position = position;
  }

  /** The line as Go counts it, from 1. */
  int line() {
    return line;
  }

  /** The first byte of what is wrong. */
  int position() {
    return position;
  }
}
