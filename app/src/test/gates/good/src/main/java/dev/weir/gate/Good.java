package dev.weir.gate;

import org.jspecify.annotations.Nullable;

/** Passes every gate: what the other projects fail with is their own fault. */
public final class Good {
  private Good() {}

  /** The length of a text, zero for none. */
  public static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
