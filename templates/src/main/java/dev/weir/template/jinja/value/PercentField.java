package dev.weir.template.jinja.value;

import org.jspecify.annotations.Nullable;

/**
 * One field of a pattern, as in {@code %(key)-08.3f}.
 *
 * @param key what stands in brackets, or null
 * @param width digits, {@code *} or nothing
 * @param precision digits, {@code *} or nothing; null where there is no point
 * @param type its letter; {@link #NONE} where the pattern ends before it
 * @param end the offset behind it
 */
record PercentField(
    @Nullable String key,
    String flags,
    String width,
    @Nullable String precision,
    char type,
    int end) {

  /** No letter. */
  static final char NONE = 0;

  /** Reads the field whose percent sign stands at an offset. */
  static PercentField at(String pattern, int percent) {
    return new Reader(pattern, percent + 1).read();
  }

  private static final class Reader {

    private final String pattern;
    private int next;

    Reader(String pattern, int next) {
      this.pattern = pattern;
      this.next = next;
    }

    PercentField read() {
      String key = is('(') ? key() : null;
      String flags = all("-+ #0");
      String width = size();
      String precision = null;
      if (is('.')) {
        next++;
        precision = size();
      }
      if (next < pattern.length() && "hlL".indexOf(pattern.charAt(next)) >= 0) {
        next++;
      }
      char type = next < pattern.length() ? pattern.charAt(next++) : NONE;
      return new PercentField(key, flags, width, precision, type, next);
    }

    private boolean is(char c) {
      return next < pattern.length() && pattern.charAt(next) == c;
    }

    /** Brackets inside a key belong to it when they come in pairs. */
    private String key() {
      int begin = ++next;
      for (int depth = 1; next < pattern.length(); next++) {
        depth += is('(') ? 1 : is(')') ? -1 : 0;
        if (depth == 0) {
          return pattern.substring(begin, next++);
        }
      }
      throw new Failure("incomplete format key");
    }

    private String size() {
      if (is('*')) {
        next++;
        return "*";
      }
      return all("0123456789");
    }

    private String all(String characters) {
      int begin = next;
      while (next < pattern.length() && characters.indexOf(pattern.charAt(next)) >= 0) {
        next++;
      }
      return pattern.substring(begin, next);
    }
  }
}
