package dev.weir.model;

/** What a member's own answers have earned it, whatever its sources say. */
public enum Standing {
  /** Came with a later report and has not answered yet: no proxy has it from Weir. */
  ARRIVED,
  /**
   * Known since its source's first report, or from disk, and has not answered yet: a proxy may have
   * been serving it when Weir came.
   */
  KNOWN,
  /** Has answered once, or has no check that it would have to pass. */
  PROVEN
}
