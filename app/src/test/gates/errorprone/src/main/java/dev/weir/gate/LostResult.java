package dev.weir.gate;

/** Throws a result away: Error Prone's ReturnValueIgnored. */
public final class LostResult {
  private LostResult() {}

  /** Meant to return the trimmed text. */
  public static String trimmed(String text) {
    text.trim();
    return text;
  }
}
