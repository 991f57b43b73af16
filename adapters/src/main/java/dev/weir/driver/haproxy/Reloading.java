package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
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
  private static final Duration LOOK_EVERY = Duration.ofMillis(3);

  /** After so long in which the master only waited, the signal was lost. */
  private static final Duration LOST = Duration.ofMillis(400);

  /** The same where the master's doings cannot be seen. */
  private static final Duration LOST_UNSEEN = Duration.ofSeconds(3);

  /** How long a worker may take to answer once the master is done. */
  private static final Duration LAST_CHANCE = Duration.ofMillis(150);

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int MOST_SIGNALS = 4;

  private final Talk talk;
  private final Master master;
  private final Time time;
  private long lastSignalNanos;
  private boolean signalled;

  Reloading(Talk talk, Master master, Time time) {
    this.talk = talk;
    this.master = master;
    this.time = time;
  }

  /**
   * Reloads and waits for a worker of this epoch.
   *
   * @param before the worker that answered until now
   * @return why it did not come to that; empty when it did
   */
  Optional<String> run(long masterPid, Worker before, Fingerprint epoch)
      throws IOException, InterruptedException {
    long start = time.nanos();
    int signals = 0;
    boolean loading = false;
    long waitingSince = start;
    signal(masterPid);
    signals++;
    while (time.nanos() - start < MOST.toNanos()) {
      Optional<Worker> now = worker();
      if (now.isPresent() && now.get().pid() != before.pid() && isOf(now.get(), epoch)) {
        return Optional.empty();
      }
      Phase phase = Master.phase(masterPid);
      switch (phase) {
        case GONE -> {
          return Optional.of("HAProxy's master %d has ended".formatted(masterPid));
        }
        case LOADING -> {
          loading = true;
          waitingSince = time.nanos();
        }
        case WAITING, UNKNOWN -> {
          Duration waited =
              Duration.ofNanos(time.nanos() - Math.max(waitingSince, lastSignalNanos));
          boolean concluded = loading && waited.compareTo(LAST_CHANCE) > 0;
          Duration lost = phase == Phase.UNKNOWN ? LOST_UNSEEN : LOST;
          if (concluded && now.isPresent() && now.get().pid() == before.pid()) {
            return Optional.of(refused(before));
          }
          if (waited.compareTo(lost) > 0) {
            if (signals == MOST_SIGNALS) {
              return Optional.of(refused(before));
            }
            loading = false;
            signal(masterPid);
            signals++;
          }
        }
      }
      time.sleep(LOOK_EVERY);
    }
    return Optional.of("no new worker within %d s".formatted(MOST.toSeconds()));
  }

  private static String refused(Worker before) {
    return "worker %d still serves the former configuration; HAProxy's own log says why"
        .formatted(before.pid());
  }

  private static boolean isOf(Worker worker, Fingerprint epoch) {
    return !worker.stopping() && worker.epoch().equals(Optional.of(epoch));
  }

  private void signal(long masterPid) throws IOException, InterruptedException {
    if (signalled) {
      time.sleep(DISTANCE.minusNanos(time.nanos() - lastSignalNanos));
    }
    talk.before("reload");
    lastSignalNanos = time.nanos();
    signalled = true;
    master.reload(masterPid);
  }

  private Optional<Worker> worker() throws InterruptedException {
    try {
      return Optional.of(talk.look(List.of()).worker());
    } catch (IOException betweenTwoWorkers) {
      return Optional.empty();
    }
  }
}
