package dev.weir.engine.reconcile;

import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriver;
import java.util.List;
import java.util.Optional;

/**
 * The pools that a proxy carries from some round of its loop on, also while nothing may be done to
 * it: then what would be done is shown for them.
 *
 * @param unknown why there may be more of them than are known yet, for people: a proxy that was not
 *     touched yet is left alone so long; absent when these are all
 * @param renewal makes the driver for them
 */
public record Load(List<PoolId> pools, Optional<String> unknown, Renewal renewal) {
  public Load {
    pools = List.copyOf(pools);
  }

  /** Makes a driver in place of another. */
  @FunctionalInterface
  public interface Renewal {

    /**
     * Closes the former driver and opens one for other pools; called by the loop. What could not be
     * done is tried again.
     */
    Renewed renew(ProxyDriver former);
  }

  /**
   * What became of it.
   *
   * @param driver to go on with
   * @param problem why it is one for the former pools; absent when it is one for the new
   */
  public record Renewed(ProxyDriver driver, Optional<String> problem) {}
}
