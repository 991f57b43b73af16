package dev.weir.gate;

import org.jspecify.annotations.Nullable;

/** Uses a value that may be absent. */
public final class NullDereferenced {
  private NullDereferenced() {}

  /** The length of a text that may not be there. */
  public static int length(@Nullable String text) {
    return text.length();
  }
}
