package dev.weir.engine.health;

import dev.weir.engine.run.Pulse;
import dev.weir.model.Health;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The repeated probes of one member. The first comes when told; the second is drawn from the whole
 * interval, so that members that came together are not probed together for ever; from then on at
 * most one interval lies between two starts, and up to a tenth less.
 *
 * <p>Probes begin on beats of 50 ms (with short intervals, of a twentieth of one) that all members
 * have in common: a process that is woken once for the few probes of a beat, and finds the answers
 * of some while it asks others, spends a third less on them than one that is woken for each.
 */
final class Watch implements Pulse {
  private static final double JITTER = 0.1;
  private static final Duration BEAT = Duration.ofMillis(50);
  private static final int BEATS_AT_LEAST = 20;

  private final Candidate candidate;
  private final Check check;
  private final Laboratory laboratory;
  private final ProbeSink sink;
  private final RandomGenerator random;

  // owned by the thread that calls step
  private Probe.@Nullable Session session;
  private boolean spread;
  private long dueNanos;

  private volatile boolean stopped;
  private volatile HealthTracker tracker; // written by that thread alone
  private volatile @Nullable LastLook last; // likewise

  Watch(Start start, Laboratory laboratory, ProbeSink sink) {
    this.candidate = start.candidate();
    this.check = start.check();
    this.tracker = start.tracker();
    this.random = start.random();
    this.laboratory = laboratory;
    this.sink = sink;
    this.dueNanos = laboratory.time().nanos() + start.delay().toNanos();
  }

  /**
   * How a watch begins.
   *
   * @param tracker what is known of the member from former probes
   * @param delay until the first probe
   * @param random its own
   */
  record Start(
      Candidate candidate,
      Check check,
      HealthTracker tracker,
      Duration delay,
      RandomGenerator random) {}

  Candidate candidate() {
    return candidate;
  }

  HealthTracker tracker() {
    return tracker;
  }

  Optional<LastLook> last() {
    return Optional.ofNullable(last);
  }

  /** From now on nothing is reported any more. */
  void stop() {
    stopped = true;
  }

  @Override
  public Optional<Duration> step() throws InterruptedException {
    if (stopped) {
      return Optional.empty();
    }
    long startNanos = laboratory.time().nanos();
    if (startNanos >= dueNanos) {
      laboratory.meters().lateness().add(Duration.ofNanos(startNanos - dueNanos));
      take(laboratory.look(this::session, check.policy().timeout()));
      dueNanos = next(startNanos);
    }
    return Optional.of(Duration.ofNanos(Math.max(0, dueNanos - laboratory.time().nanos())));
  }

  @Override
  public void end() {
    if (session != null) {
      session.close();
    }
  }

  private Probe.Session session() {
    if (session == null) {
      session = check.probe().open(candidate.endpoint());
    }
    return session;
  }

  /** The last beat before a time that is drawn; what the beat takes is part of the jitter. */
  private long next(long startNanos) {
    long every = check.policy().every().toNanos();
    long beat = Math.max(1, Math.min(BEAT.toNanos(), every / BEATS_AT_LEAST));
    double drawn = random.nextDouble() * (spread ? JITTER * every - beat : every);
    spread = true;
    long latest = startNanos + every - (long) drawn;
    return Math.max(startNanos, latest - Math.floorMod(latest, beat));
  }

  private void take(ProbeResult result) {
    ProbeMeters.Pool meter = laboratory.meters().of(candidate.id().pool());
    meter.count(result);
    HealthTracker before = tracker;
    if (laboratory.counts(candidate.id(), result)) {
      tracker = before.after(result, check.policy(), laboratory.time().now());
    }
    last = new LastLook(result, laboratory.time().now(), tracker);
    if (!tracker.health().equals(before.health()) && !stopped) {
      count(before.health(), tracker.health(), meter);
      sink.concluded(candidate.id(), tracker.health());
    }
  }

  private static void count(Health before, Health after, ProbeMeters.Pool meter) {
    switch (after) {
      case Health.Up ignored -> meter.countUp();
      case Health.Down ignored -> {
        if (!(before instanceof Health.Down)) {
          meter.countDown();
        }
      }
      case Health.Unknown ignored -> {}
    }
  }
}
