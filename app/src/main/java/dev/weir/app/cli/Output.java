package dev.weir.app.cli;

/** How a command writes what it found. */
public enum Output {
  /** For people. */
  TABLE,
  /** For programs. */
  JSON
}
