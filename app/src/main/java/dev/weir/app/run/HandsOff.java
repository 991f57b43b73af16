package dev.weir.app.run;

import dev.weir.engine.journal.Journal;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.ProxyName;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * What may keep Weir's hands off proxies: pauses that people asked for, and the file {@code
 * paused}. Safe for any thread.
 */
public final class HandsOff implements Brake {

  /** How soon the journal says that the file has come or gone, or that a pause is over. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Pauses pauses;
  private final PausedFile file;
  private final Journal journal;
  private final Time time;

  public HandsOff(Pauses pauses, PausedFile file, Journal journal, Time time) {
    this.pauses = pauses;
    this.file = file;
    this.journal = journal;
    this.time = time;
  }

  @Override
  public Optional<Hold> holds(ProxyName proxy) {
    return file.holds().map(Hold::asItIs).or(() -> pauses.holds(proxy));
  }

  /** The pauses that people asked for. */
  public Pauses pauses() {
    return pauses;
  }

  /** Tells the journal until interrupted. */
  void watch() throws InterruptedException {
    boolean held = false;
    while (true) {
      Optional<String> now = file.holds();
      if (now.isPresent() != held) {
        held = now.isPresent();
        tell(now);
      }
      pauses.tidy();
      time.sleep(EVERY);
    }
  }

  private void tell(Optional<String> held) {
    EventKind kind = held.isPresent() ? EventKind.PROXY_PAUSED : EventKind.PROXY_RESUMED;
    String message = "every proxy is " + held.orElse("kept in step again: the file has gone");
    journal.record(Event.of(time.now(), kind, Event.Subject.WEIR, message));
  }
}
