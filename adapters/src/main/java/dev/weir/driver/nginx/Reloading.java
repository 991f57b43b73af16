package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reloads an nginx and waits for the proof. A signal is no proof: nginx keeps its old configuration
 * without a word when the new one fails after its test, for example because a port is taken. It has
 * taken the new one when a worker that was not there before answers the new fingerprint, and no old
 * worker takes connections any more (nginx lets them run 100 ms longer).
 *
 * <p>Asking more often would show nothing sooner: new workers serve from about 6 ms on, and the
 * proof waits for the end of the old ones.
 */
final class Reloading {

  static final Duration MOST = Duration.ofSeconds(10);

  /**
   * The failed reload and the one back may each try for 2.5 s to get a port. With 4 s, the one back
   * could still be trying when the next reload was told: where the port became free then, its
   * workers came too late to be known as old ones, and answered for 100 ms after the next was
   * confirmed.
   */
  private static final Duration MOST_AGAIN = Duration.ofSeconds(6);

  private static final Duration QUICK = Duration.ofMillis(50);
  private static final Duration ASK_STEP = Duration.ofMillis(10);
  private static final Duration LOOK_STEP = Duration.ofMillis(5);

  private final ConfirmPort port;
  private final Time time;
  private final ReloadWay way;

  Reloading(ConfirmPort port, Time time, ReloadWay way) {
    this.port = port;
    this.way = way;
    this.time = time;
  }

  /** How a reload ended. */
  sealed interface Result {
    /** The running nginx serves the content, and nothing else. */
    record Confirmed() implements Result {}

    /**
     * It does not.
     *
     * @param reason nginx's own words where it has any
     */
    record Unconfirmed(String reason) implements Result {}
  }

  /** Tells the master to reload; returns when it serves this content, or when it will not. */
  Result reload(Master master, Fingerprint wanted) throws InterruptedException {
    return reload(master, wanted, new ErrorLogs(master), MOST);
  }

  /**
   * The same after a failed one, to what it served before. nginx may still be at the failed one (it
   * tries for 2.5 s to get a port that is taken), and the cause may make this one fail as well:
   * then old workers that serve the content are as good as new ones.
   */
  Result reloadAgain(Master master, Fingerprint wanted) throws InterruptedException {
    Result result = reload(master, wanted, ErrorLogs.NONE, MOST_AGAIN);
    return port.ask() instanceof ConfirmPort.Answer.Content content
            && content.fingerprint().equals(wanted)
        ? new Result.Confirmed()
        : result;
  }

  /** Tells the master to reload and looks at nothing; absent when it was told. */
  Optional<String> tell(Master master) throws InterruptedException {
    return way.tell("HUP", master.pid());
  }

  private Result reload(Master master, Fingerprint wanted, ErrorLogs logs, Duration most)
      throws InterruptedException {
    Set<Long> old = master.workers();
    Set<Long> inside = old.stream().map(Processes::inner).collect(Collectors.toSet());
    Optional<String> untold = tell(master);
    return untold.isPresent()
        ? new Result.Unconfirmed(untold.get())
        : await(new Wait(master, wanted, old, inside, logs, most));
  }

  /**
   * What is waited for, with whom, and how long.
   *
   * @param old workers from before
   * @param inside the same by the numbers that they know of themselves
   */
  private record Wait(
      Master master,
      Fingerprint wanted,
      Set<Long> old,
      Set<Long> inside,
      ErrorLogs logs,
      Duration most) {

    /** Whether this is a worker from before, by the number that it knows of itself. */
    boolean isOld(long worker) {
      return inside.contains(worker);
    }

    boolean over(Duration waited) {
      return waited.compareTo(most) > 0;
    }
  }

  private Result await(Wait wait) throws InterruptedException {
    long start = time.nanos();
    while (true) {
      time.sleep(ASK_STEP);
      ConfirmPort.Answer last = port.ask();
      boolean answered = isNew(last, wait);
      if (answered && alone(wait, start)) {
        last = port.ask();
        if (isNew(last, wait)) {
          return new Result.Confirmed();
        }
      }
      if (torn(last, wait)) {
        return new Result.Unconfirmed(ConfirmPort.describe(last));
      }
      Duration waited = since(start);
      Optional<String> failure = answered ? Optional.empty() : failure(wait, waited);
      if (failure.isPresent()) {
        return new Result.Unconfirmed(failure.get());
      }
      if (wait.over(waited)) {
        return new Result.Unconfirmed(
            "after %ds %s answers %s%s (expected: %s from new workers alone)"
                .formatted(
                    wait.most().toSeconds(),
                    port.at(),
                    ConfirmPort.describe(last),
                    answered ? ", and old workers take connections too" : "",
                    wait.wanted()));
      }
    }
  }

  /** Waits until no old worker takes connections any more; false when that takes too long. */
  private boolean alone(Wait wait, long start) throws InterruptedException {
    while (wait.old().stream().anyMatch(Master::serves)) {
      if (wait.over(since(start))) {
        return false;
      }
      time.sleep(LOOK_STEP);
    }
    return true;
  }

  private Duration since(long start) {
    return Duration.ofNanos(time.nanos() - start);
  }

  private static boolean isNew(ConfirmPort.Answer answer, Wait wait) {
    return answer instanceof ConfirmPort.Answer.Content content
        && content.fingerprint().equals(wait.wanted())
        && !wait.isOld(content.worker());
  }

  /** Both listeners are there before the first new worker is: where all are new, one lacks. */
  private static boolean torn(ConfirmPort.Answer answer, Wait wait) {
    return answer instanceof ConfirmPort.Answer.Torn torn
        && torn.fingerprint().equals(wait.wanted())
        && !wait.isOld(torn.worker())
        && wait.old().stream().noneMatch(Master::serves);
  }

  /** Reading logs is for when the quick answer did not come. */
  private static Optional<String> failure(Wait wait, Duration waited) {
    if (waited.compareTo(QUICK) < 0) {
      return Optional.empty();
    }
    Optional<String> emergency = wait.logs().emergency();
    return emergency.isPresent() || wait.master().runs()
        ? emergency
        : Optional.of("nginx master %d ended during the reload".formatted(wait.master().pid()));
  }
}
