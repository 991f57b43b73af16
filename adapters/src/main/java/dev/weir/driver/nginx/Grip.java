package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.publish.TargetLock;
import dev.weir.spi.ProxyDriverType.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver has of the nginx that it keeps in step: the locks on its files, and its process as
 * it was last seen. Used by one thread.
 */
final class Grip implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Grip.class);

  private final NginxOptions options;
  private final ConfirmPort port;
  private final Publication publication;
  private final Held held;

  /** As it was last seen. */
  private Optional<Master> master = Optional.empty();

  /**
   * What may be done.
   *
   * @param locks none where it may only be looked at
   */
  record Held(Access access, List<TargetLock> locks) {
    Held {
      locks = List.copyOf(locks);
    }
  }

  Grip(NginxOptions options, ConfirmPort port, Publication publication, Held held) {
    this.options = options;
    this.port = port;
    this.publication = publication;
    this.held = held;
  }

  /** Looks, and ends what a killed publication left. */
  Look look() throws InterruptedException {
    Look look = Look.at(options, port);
    master = look.master();
    if (held.access() == Access.OWN) {
      settle(look.loaded());
    }
    return look;
  }

  /** What cannot be settled now is tried again before the next text is published. */
  private void settle(Optional<Fingerprint> loaded) {
    try {
      publication.settle(loaded);
    } catch (IOException e) {
      LOG.debug("cannot end the last swap of {}", options.upstreams(), e);
    }
  }

  /** Whether it may only be looked at. */
  boolean looksOnly() {
    return held.access() == Access.LOOK;
  }

  /**
   * Before anything is changed.
   *
   * @throws IllegalStateException where it may only be looked at
   */
  void act() {
    if (looksOnly()) {
      throw new IllegalStateException("this driver was opened to look only");
    }
  }

  /** How many workers of former configurations still serve. */
  int oldProcesses() {
    return master.map(Master::endingWorkers).orElse(0);
  }

  @Override
  public void close() {
    held.locks().forEach(TargetLock::close);
  }
}
