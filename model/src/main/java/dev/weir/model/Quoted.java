package dev.weir.model;

/** Foreign text made safe to stand in a message or on a terminal. */
public final class Quoted {

  private static final int LONGEST = 200;

  private Quoted() {}

  /** The text in double quotes, control characters escaped, cut after 200 characters. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars().limit(LONGEST).forEach(c -> append(out, (char) c));
    if (text.length() > LONGEST) {
      out.append("...");
    }
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isISOControl(c)) {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
