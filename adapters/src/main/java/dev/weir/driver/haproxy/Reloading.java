package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A reload of HAProxy, believed only when the running process says so.
 *
 * <p>The story behind it: a SIGUSR2 that arrives 10 to 30 ms after another one is lost in most
 * cases, and whoever sent it saw success; the file is new, the worker old, for good. So signals
 * keep a distance, a new worker has to answer with the new file's fingerprint, and a signal after
 * which the master did not even begin to load is sent again.
 */
final class Reloading {

  private static final Duration DISTANCE = Duration.ofMillis(200);
  private static final Duration AFTER_LOADING = Duration.ofMillis(50);
  private static final Duration LOOK_EVERY = Duration.ofMillis(3);

  /** After so long in which the master only waited, the signal was lost. */
  private static final Duration LOST = Duration.ofMillis(400);

  /** The same where the master's doings cannot be seen. */
  private static final Duration LOST_UNSEEN = Duration.ofSeconds(3);

  /** How long a worker may take to answer once the master is done. */
  private static final Duration LAST_CHANCE = Duration.ofMillis(150);

  private static final int ENOUGH = 3;

  /** The same where the master's doings cannot be seen: 60 ms. */
  private static final int ENOUGH_UNSEEN = 20;

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int MOST_SIGNALS = 4;

  private final Talk talk;
  private final Time time;
  private long lastSignalNanos;
  private boolean signalled;

  Reloading(Talk talk, Time time) {
    this.talk = talk;
    this.time = time;
  }

  /**
   * One process to be reloaded.
   *
   * @param at its admin socket
   * @param before the worker that answered there until now
   * @param loader whoever loads it
   */
  record Turn(Endpoint at, Worker before, Loader loader) {}

  /**
   * Reloads, unless that was done beside another process, and waits for a worker of this epoch.
   *
   * @return why it did not come to that; empty when it did
   */
  Optional<String> run(Turn turn, Fingerprint epoch) throws IOException, InterruptedException {
    Worker before = turn.before();
    Loader loader = turn.loader();
    Talk one = talk.with(turn.at());
    Watch watch = new Watch(before, epoch);
    if (!watch.isNew(worker(one))) {
      signal(loader);
    }
    while (time.nanos() - watch.start < MOST.toNanos()) {
      Phase phase = loader.phase();
      if (watch.confirmedBy(worker(one), phase)) {
        return Optional.empty();
      }
      if (phase == Phase.GONE) {
        return Optional.of("HAProxy's master has ended");
      }
      if (watch.refusedIn(phase)) {
        return Optional.of(refused(before));
      }
      if (watch.lostIn(phase)) {
        if (watch.signals == MOST_SIGNALS || !loader.mayRepeat()) {
          return Optional.of(refused(before));
        }
        signal(loader);
        watch.signalledAgain();
      }
      time.sleep(LOOK_EVERY);
    }
    return Optional.of("no new worker within %d s".formatted(MOST.toSeconds()));
  }

  /** What was seen since the first signal. */
  private final class Watch {
    private final long start = time.nanos();
    private final Worker before;
    private final Fingerprint epoch;
    private int signals = 1;
    private boolean loading;
    private boolean oldAnswered;
    private long loadedNanos = start;
    private int inARow;

    Watch(Worker before, Fingerprint epoch) {
      this.before = before;
      this.epoch = epoch;
    }

    void signalledAgain() {
      signals++;
      loading = false;
    }

    boolean isNew(Optional<Worker> now) {
      return now.isPresent() && now.get().pid() != before.pid() && isOf(now.get(), epoch);
    }

    /**
     * For a moment the old worker accepts connections beside the new one. The master tells it to
     * stop before it goes back to waiting; a few answers in a row make sure that it has.
     */
    boolean confirmedBy(Optional<Worker> now, Phase phase) {
      boolean good = isNew(now);
      oldAnswered = now.isPresent() && now.get().pid() == before.pid();
      inARow = good && phase != Phase.LOADING ? inARow + 1 : 0;
      return inARow >= (phase == Phase.WAITING ? ENOUGH : ENOUGH_UNSEEN);
    }

    /** The master has loaded, and the old worker is still the one. */
    boolean refusedIn(Phase phase) {
      if (phase == Phase.LOADING) {
        loading = true;
        loadedNanos = time.nanos();
      }
      return phase != Phase.LOADING && loading && oldAnswered && quiet().compareTo(LAST_CHANCE) > 0;
    }

    /** The master has done nothing, or nothing that led to a new worker of this epoch. */
    boolean lostIn(Phase phase) {
      Duration lost = phase == Phase.UNKNOWN ? LOST_UNSEEN : LOST;
      return phase != Phase.LOADING && inARow == 0 && quiet().compareTo(lost) > 0;
    }

    private Duration quiet() {
      return Duration.ofNanos(time.nanos() - Math.max(loadedNanos, lastSignalNanos));
    }
  }

  private static String refused(Worker before) {
    return "worker %d still serves the former configuration; HAProxy's own log says why"
        .formatted(before.pid());
  }

  private static boolean isOf(Worker worker, Fingerprint epoch) {
    return !worker.stopping() && worker.epoch().equals(Optional.of(epoch));
  }

  /** A master that is loading, for whomever, is left to it: what it is sent meanwhile gets lost. */
  private void signal(Loader loader) throws IOException, InterruptedException {
    if (signalled) {
      time.sleep(DISTANCE.minusNanos(time.nanos() - lastSignalNanos));
    }
    long start = time.nanos();
    boolean busy = false;
    while (loader.phase() == Phase.LOADING && time.nanos() - start < MOST.toNanos()) {
      busy = true;
      time.sleep(LOOK_EVERY);
    }
    if (busy) {
      time.sleep(AFTER_LOADING);
    }
    talk.before("reload");
    lastSignalNanos = time.nanos();
    signalled = true;
    loader.tell();
    lastSignalNanos = time.nanos(); // telling may last as long as loading
  }

  private static Optional<Worker> worker(Talk one) throws InterruptedException {
    try {
      return Optional.of(one.look(List.of()).workers().firstEntry().getValue());
    } catch (IOException betweenTwoWorkers) {
      return Optional.empty();
    }
  }
}
