package dev.weir.app.api;

/** Whether a decision is taken that takes too much of a pool. */
enum Force {
  GUARDED,
  FORCED
}
