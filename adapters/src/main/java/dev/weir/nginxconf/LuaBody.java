package dev.weir.nginxconf;

/**
 * Finds where a block of Lua ends: at the brace that matches its first one, braces in strings and
 * comments left aside, as nginx's Lua module itself reads it.
 */
final class LuaBody {

  private LuaBody() {}

  /**
   * The index of the brace that ends the block.
   *
   * @param from after the brace that begins it
   * @return negative where it has no end
   */
  static int end(String text, int from) {
    int depth = 0;
    int at = from;
    while (at >= 0 && at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' && depth == 0) {
        return at;
      }
      depth += c == '{' ? 1 : 0;
      depth -= c == '}' ? 1 : 0;
      at = after(text, at);
    }
    return -1;
  }

  /** The index after what begins here; negative where that has no end. */
  private static int after(String text, int at) {
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      return afterString(text, at);
    }
    if (c == '[') {
      return afterBracket(text, at);
    }
    if (c == '-' && text.startsWith("--", at)) {
      int bracket = at + 2 < text.length() ? level(text, at + 2) : -1;
      return bracket >= 0 ? afterBracket(text, at + 2) : afterLine(text, at);
    }
    return at + 1;
  }

  private static int afterString(String text, int at) {
    char quote = text.charAt(at);
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i + 1;
      }
      i += c == '\\' ? 1 : 0;
    }
    return -1;
  }

  /** A long bracket, <code>[==[ ... ]==]</code>, or just this one. */
  private static int afterBracket(String text, int at) {
    int level = level(text, at);
    if (level < 0) {
      return at + 1;
    }
    String close = "]" + "=".repeat(level) + "]";
    int end = text.indexOf(close, at);
    return end < 0 ? -1 : end + close.length();
  }

  /** How many equals signs the long bracket that begins here has; negative where none begins. */
  private static int level(String text, int at) {
    if (text.charAt(at) != '[') {
      return -1;
    }
    int i = at + 1;
    while (i < text.length() && text.charAt(i) == '=') {
      i++;
    }
    return i < text.length() && text.charAt(i) == '[' ? i - at - 1 : -1;
  }

  private static int afterLine(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? -1 : end + 1;
  }
}
