package dev.weir.engine.reconcile;

import dev.weir.model.ProxyName;
import dev.weir.spi.ProxyDriver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's own configuration as it was when the proxy refused ours: when it changes, another try
 * makes sense. Used by one thread.
 */
final class Stamp {
  private static final Logger LOG = LoggerFactory.getLogger(Stamp.class);

  private final ProxyName proxy;
  private final Supplier<ProxyDriver> driver;
  private String remembered = "";

  Stamp(ProxyName proxy, Supplier<ProxyDriver> driver) {
    this.proxy = proxy;
    this.driver = driver;
  }

  void remember() {
    remembered = now();
  }

  /** Nothing is remembered: whatever it is, it has changed. */
  void forget() {
    remembered = "";
  }

  /** What cannot be looked at has not changed. */
  boolean hasChanged() {
    return !now().equals(remembered);
  }

  private String now() {
    try {
      return driver.get().configurationStamp();
    } catch (RuntimeException e) {
      LOG.warn("proxy {}: its configuration cannot be looked at", proxy, e);
      return remembered;
    }
  }
}
