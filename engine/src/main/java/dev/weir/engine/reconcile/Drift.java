package dev.weir.engine.reconcile;

/** What a reconciler does about what somebody else changed at its proxy. */
public enum Drift {
  /** Servers taken out of traffic there become decisions; all else is put right. */
  RESPECT,
  /** All of it is put right. */
  REPAIR,
  /** It is told and left, until Weir itself has something to change there. */
  REPORT
}
