package dev.weir.engine.reconcile;

/** What a reconciler may do to its proxy. */
public enum Mode {
  /** Everything. */
  FULL,
  /** Turn the servers that the proxy has: ready, drained or in maintenance, and nothing else. */
  STATE,
  /** Look, check and plan, never touch: this proxy is not Weir's yet. */
  OBSERVE,
  /** Look and plan, never touch: nothing is, in this run. */
  DRY_RUN
}
