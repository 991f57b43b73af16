package dev.weir.engine.reconcile;

import dev.weir.model.ProxyName;
import dev.weir.spi.ProxyDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's own configuration as it was when the proxy refused ours: when it changes, another try
 * makes sense. Used by one thread.
 */
final class Stamp {
  private static final Logger LOG = LoggerFactory.getLogger(Stamp.class);

  private final ProxyName proxy;
  private final ProxyDriver driver;
  private String remembered = "";

  Stamp(ProxyName proxy, ProxyDriver driver) {
    this.proxy = proxy;
    this.driver = driver;
  }

  void remember() {
    remembered = now();
  }

  /** What cannot be looked at has not changed. */
  boolean hasChanged() {
    return !now().equals(remembered);
  }

  private String now() {
    try {
      return driver.configurationStamp();
    } catch (RuntimeException e) {
      LOG.warn("proxy {}: its configuration cannot be looked at", proxy, e);
      return remembered;
    }
  }
}
