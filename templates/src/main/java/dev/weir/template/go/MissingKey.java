package dev.weir.template.go;

/** What a key gives that a map has not; Go's option {@code missingkey}. */
public enum MissingKey {
  /** Nothing, printed as {@code <no value>}. */
  DEFAULT,
  /** The zero value of what the map holds; for a map of anything that is nothing. */
  ZERO,
  /** An error. */
  ERROR
}
