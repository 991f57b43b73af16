package dev.weir.engine.keeper;

import dev.weir.spi.CatalogStore;
import dev.weir.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of generations: each greater than all before it, also over restarts. Taken from the
 * store by the thousand, so that a change does not wait for the disk. Used by one thread.
 */
final class Generations {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final int BLOCK = 1_000;

  private final CatalogStore store;
  private long last;
  private long end;
  private boolean failing;

  /** Takes the first numbers. */
  Generations(CatalogStore store) throws StoreException {
    this.store = store;
    long first = store.reserveGenerations(BLOCK);
    this.last = first - 1;
    this.end = first + BLOCK;
  }

  /** The next number. While the store fails, numbers go on, and are made up for later. */
  long next() {
    last++;
    if (last >= end) {
      reserve();
    }
    return last;
  }

  private void reserve() {
    try {
      long first = store.reserveGenerations(BLOCK);
      while (first + BLOCK <= last + 1) {
        first = store.reserveGenerations(BLOCK);
      }
      last = Math.max(last, first);
      end = first + BLOCK;
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.warn("generations may repeat after a restart: {}", e.getMessage());
      }
      failing = true;
    }
  }
}
