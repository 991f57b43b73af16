package dev.weir.model;

import java.time.Duration;

/** Refusals that name the key, the value and what was expected. */
final class Checks {

  private Checks() {}

  static void positive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(key, value));
    }
  }

  static void notNegative(String key, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s: %s (expected: 0 or more)".formatted(key, value));
    }
  }

  static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(key, value));
    }
  }
}
