package dev.weir.model;

import java.util.regex.Pattern;

/**
 * The grammar that all identifiers share, safe in a file name, an nginx directive and a command.
 */
final class Names {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private Names() {}

  static String checked(String what, String value) {
    if (!SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s: %s (expected: 1 to 128 of A-Z a-z 0-9 _ . - and no . or - at the start)"
              .formatted(what, Quoted.of(value)));
    }
    return value;
  }
}
