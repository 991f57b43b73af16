package dev.weir.app.config;

/**
 * One thing wrong with a configuration.
 *
 * @param path the keys that lead there, {@code pools.web.check}; empty at the top
 * @param text the value, and what was expected
 */
public record Problem(Place place, String path, String text) {

  /** One line: {@code FILE:LINE:COLUMN: what, the value, what was expected}. */
  @Override
  public String toString() {
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + text;
  }
}
