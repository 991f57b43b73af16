package dev.weir.engine.reconcile;

import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on at a proxy between the rounds: what its driver has put off, drains that end, and the
 * first requests of members that came. Used by the loop's thread.
 */
final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final Workings at;
  private final Deeds deeds;
  private final DrainNews drains;

  Chores(Workings at, Deeds deeds, DrainNews drains) {
    this.at = at;
    this.deeds = deeds;
    this.drains = drains;
  }

  /** Does what is due. */
  void doDue() throws InterruptedException {
    if (at.agenda().upkeepDue(at.now())) {
      upkeep();
    }
    if (at.agenda().watchDue(at.now())) {
      watch();
    }
    if (at.agenda().countDue(at.now())) {
      count();
    }
  }

  private void count() throws InterruptedException {
    try {
      at.firstRequests()
          .look(at.steering().driver(), at.now())
          .ifPresentOrElse(in -> at.agenda().countAt(at.now(), in), at.agenda()::nothingToCount);
    } catch (RuntimeException e) {
      LOG.error("proxy {}: unexpected failure while counting requests", at.proxy().name(), e);
      at.agenda().nothingToCount();
    }
  }

  private void upkeep() throws InterruptedException {
    if (deeds.hold().filter(hold -> hold.pin().isEmpty() || !at.pin().isThere()).isPresent()) {
      at.agenda().upkeepAt(at.now(), Deeds.PAUSED);
      return;
    }
    ProxyDriver driver = at.steering().driver();
    try {
      Optional<Duration> again = driver.upkeep();
      again.ifPresentOrElse(in -> at.agenda().upkeepAt(at.now(), in), at.agenda()::noUpkeep);
      if (driver.wantsLook()) {
        at.agenda().ask();
      }
    } catch (RuntimeException e) {
      LOG.error("proxy {}: unexpected failure in what was put off", at.proxy().name(), e);
      at.agenda().noUpkeep();
      at.steering().doubt();
      deeds.failed(new Outcome.Failed("upkeep", "unexpected: " + e), Optional.empty());
    }
  }

  private void watch() throws InterruptedException {
    ProxyDriver driver = at.steering().driver();
    try {
      Optional<Duration> again = driver.watch(deeds.hold().isPresent() ? Access.LOOK : Access.OWN);
      again.ifPresentOrElse(in -> at.agenda().watchAt(at.now(), in), at.agenda()::nothingToWatch);
      drains.take(driver.drains(), at.situation().desired());
    } catch (RuntimeException e) {
      LOG.error("proxy {}: unexpected failure while watching drains", at.proxy().name(), e);
      at.agenda().nothingToWatch();
    }
  }
}
