package dev.weir.engine.reconcile;

/** What a reconciler may do to its proxy. */
public enum Mode {
  /** Everything. */
  FULL,
  /** Look and plan, never touch. */
  DRY_RUN
}
