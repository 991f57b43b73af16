package dev.weir.driver.haproxy;

/**
 * How the members of a backend change, from the best way to the last: HAProxy is given new servers
 * and loses old ones while it runs; members take and leave servers that stand ready; or every
 * change is a reload.
 */
sealed interface Rung {

  /** By {@code add server} and {@code del server}. */
  record Dynamic() implements Rung {}

  /**
   * By the address and state of {@link Slots}.
   *
   * @param why servers cannot be added
   */
  record Slotted(String why) implements Rung {}

  /**
   * New members come by a reload; state, weight and departures need none.
   *
   * @param why neither of the other ways will do
   */
  record Reloading(String why) implements Rung {}
}
