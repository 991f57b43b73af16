package dev.weir.app.run;

import dev.weir.engine.reconcile.Load;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.SetupException;
import java.util.Optional;

/**
 * Takes a proxy's driver from one configuration to the next: the former one is closed first,
 * because both want the same locks. Used by the thread of the proxy's loop.
 *
 * @param <C> what a driver is opened with
 */
final class Reopening<C> {
  private final Opener<C> opener;

  /** Of the driver in use; absent while there is none. */
  private Optional<C> opened;

  /**
   * Makes the driver of a proxy.
   *
   * @param <C> what a driver is opened with
   */
  @FunctionalInterface
  interface Opener<C> {
    ProxyDriver open(C config) throws SetupException;
  }

  /**
   * @param opened what the driver in use was opened with
   */
  Reopening(C opened, Opener<C> opener) {
    this.opened = Optional.of(opened);
    this.opener = opener;
  }

  /**
   * The driver to go on with: for the next configuration, else as before, else one that does
   * nothing, because a driver that was closed has given up its locks.
   */
  Load.Renewed renew(ProxyDriver former, C next) {
    if (opened.filter(next::equals).isPresent()) {
      return new Load.Renewed(former, Optional.empty());
    }
    former.close();
    Optional<C> before = opened;
    opened = Optional.empty();
    try {
      return new Load.Renewed(open(next), Optional.empty());
    } catch (SetupException e) {
      String problem = String.valueOf(e.getMessage());
      return new Load.Renewed(reopened(before, problem), Optional.of(problem));
    }
  }

  private ProxyDriver reopened(Optional<C> before, String problem) {
    if (before.isEmpty()) {
      return new ClosedDriver(problem);
    }
    try {
      return open(before.get());
    } catch (SetupException e) {
      return new ClosedDriver(
          "%s; nor can it go on as before: %s".formatted(problem, e.getMessage()));
    }
  }

  private ProxyDriver open(C config) throws SetupException {
    ProxyDriver driver = opener.open(config);
    opened = Optional.of(config);
    return driver;
  }
}
