package dev.weir.engine.health;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;
import dev.weir.model.Quoted;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where every single probe is carried out and assessed: measured, and weighed against all others of
 * its second. Safe for any thread.
 */
final class Laboratory {
  private final Time time;
  private final Consumer<Event> events;
  private final LocalFault localFault = new LocalFault();
  private final ProbeMeters meters = new ProbeMeters();

  Laboratory(Time time, Consumer<Event> events) {
    this.time = time;
    this.events = events;
  }

  Time time() {
    return time;
  }

  ProbeMeters meters() {
    return meters;
  }

  /** Probes once; also an exception that a probe should not throw becomes a result. */
  ProbeResult look(Supplier<Probe.Session> session, Duration timeout) throws InterruptedException {
    long startNanos = time.nanos();
    try {
      return session.get().look(timeout);
    } catch (RuntimeException e) {
      Duration took = Duration.ofNanos(time.nanos() - startNanos);
      return new ProbeResult(
          ProbeResult.Kind.ERROR, "the probe itself failed: " + Quoted.of(e.toString()), took);
    }
  }

  /** Whether the result says something about the member, and not about our own side. */
  boolean counts(MemberId member, ProbeResult result) {
    LocalFault.Verdict verdict = localFault.judge(member, result.kind(), time.nanos());
    switch (verdict) {
      case NOW_SUSPECT ->
          tell(
              EventKind.CHECKS_SUSPECT,
              "most checks get no connection in time: a fault on our own side is likelier than so"
                  + " many dead members; such time-outs are not acted on");
      case NOW_TRUSTED ->
          tell(EventKind.CHECKS_TRUSTED, "checks get connections again and are acted on");
      case TRUSTED, STILL_SUSPECT -> {}
    }
    return !(verdict.suspect() && result.kind() == ProbeResult.Kind.CONNECT_TIMEOUT);
  }

  private void tell(EventKind kind, String message) {
    events.accept(Event.of(time.now(), kind, Event.Subject.WEIR, message));
  }
}
