package dev.weir.engine.reconcile;

/**
 * What the parts of one proxy's loop work on together. Used by the loop's thread.
 *
 * @param stamp of the proxy's own configuration
 * @param orders to load the proxy anew
 */
record Workings(
    Proxy proxy,
    LoopClock clock,
    Steering steering,
    Agenda agenda,
    Situation situation,
    Herald herald,
    Pin pin,
    Stamp stamp,
    FirstRequests firstRequests,
    ReloadOrders orders) {

  long now() {
    return clock.now();
  }
}
