package dev.weir.template.jinja.syntax;

/**
 * One piece of a template.
 *
 * @param text the characters of data, a name or a number as written; of a string, its value
 * @param at the offset of its first character
 */
record Token(Kind kind, String text, int at) {

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** How messages show it. */
  String shown() {
    return switch (kind) {
      case NAME, INTEGER, FLOAT -> "'" + text + "'";
      case STRING -> "a string";
      default -> kind.shown();
    };
  }
}
