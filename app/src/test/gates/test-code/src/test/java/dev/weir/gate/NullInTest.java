package dev.weir.gate;

import org.jspecify.annotations.Nullable;

final class NullInTest {
  private NullInTest() {}

  static int length(@Nullable String text) {
    return text.length();
  }
}
