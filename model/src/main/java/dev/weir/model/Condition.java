package dev.weir.model;

/** What a source says of a member that it lists; in a union of sources the worse one wins. */
public enum Condition {
  READY,
  /** Takes no new work: being stopped, or in maintenance. */
  DRAINING;

  /** The worse of two opinions. */
  public Condition and(Condition other) {
    return this == DRAINING || other == DRAINING ? DRAINING : READY;
  }
}
