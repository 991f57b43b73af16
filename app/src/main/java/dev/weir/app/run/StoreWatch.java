package dev.weir.app.run;

import dev.weir.app.api.Meters;
import dev.weir.app.api.View;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.store.sqlite.SqliteStore;
import dev.weir.store.sqlite.WriteMeter;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether state can be kept: counts the store's writes, remembers why the last one failed,
 * and tries one of its own every few seconds, so that a disk that is full or a folder that is gone
 * is told before somebody's decision is refused, and forgotten when it is over. Safe for any
 * thread.
 */
public final class StoreWatch implements WriteMeter {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

  /** A write of one page; rarer would leave a trouble that is over in sight for longer. */
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Meters meters;
  private final Time time;
  private volatile Optional<View.Trouble> trouble = Optional.empty();

  public StoreWatch(Meters meters, Time time) {
    this.meters = meters;
    this.time = time;
  }

  /** Why nothing can be kept, and since when; absent while it can. */
  Optional<View.Trouble> trouble() {
    return trouble;
  }

  @Override
  public void wrote(Duration took) {
    meters.storeWrote(took);
    if (trouble.isPresent()) {
      trouble = Optional.empty();
      LOG.info("state is kept again");
    }
  }

  @Override
  public void failed(Duration took, String why) {
    meters.storeFailed(took);
    if (trouble.isEmpty()) {
      LOG.error("state cannot be kept: {}", why);
    }
    trouble =
        Optional.of(new View.Trouble(why, trouble.map(View.Trouble::since).orElse(time.now())));
  }

  /** Says where the size of the store is found. */
  public void sizeOf(SqliteStore store) {
    meters.storeSize(() -> size(store));
  }

  /** Tries every few seconds until interrupted. */
  void watch(SqliteStore store) throws InterruptedException {
    while (true) {
      time.sleep(EVERY);
      try {
        store.probe();
      } catch (StoreException known) {
        LOG.debug("state still cannot be kept", known); // failed() has said so
      }
    }
  }

  private static long size(SqliteStore store) {
    try {
      return store.sizeBytes();
    } catch (StoreException e) {
      return 0;
    }
  }
}
