package dev.weir.app.takeover;

import java.util.regex.Pattern;

/** Writes single values of YAML. */
final class Scalar {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
  private static final Pattern WORD =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|\\.inf|\\.nan");

  private Scalar() {}

  /** The text as one value in one line, quoted where it could be taken for something else. */
  static String of(String text) {
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
      return escaped(text);
    }
    boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  private static String escaped(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          boolean control = Character.getType(c) == Character.CONTROL;
          if (control || c == '"' || c == '\\') {
            quoted.append("\\u%04x".formatted(c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
