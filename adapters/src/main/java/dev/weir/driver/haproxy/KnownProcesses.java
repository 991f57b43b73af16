package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The processes that answered on the sockets when they last did. One that lives and answers no more
 * is not gone, whatever has become of its socket: it serves with what it was told last. Used by one
 * thread.
 */
final class KnownProcesses {

  private final Master master;
  private final Map<Endpoint, Known> answered = new HashMap<>();

  /** Masters that others have taken the place of. */
  private final Set<Long> replaced = new HashSet<>();

  KnownProcesses(Master master) {
    this.master = master;
  }

  /**
   * One that answered.
   *
   * @param master absent where it has none, or none that can be seen
   */
  private record Known(long worker, OptionalLong master) {}

  /**
   * These answered; where nobody did, whoever answered there before is gone.
   *
   * @throws IOException when it is not
   */
  void met(Look look) throws IOException {
    for (Map.Entry<Endpoint, String> silent : look.missing().entrySet()) {
      Known before = answered.get(silent.getKey());
      if (before != null && master.lives(before.worker())) {
        throw new IOException(runsWithoutSocket(before.worker(), silent.getValue()));
      }
    }
    look.workers().forEach((at, worker) -> met(at, worker.pid()));
  }

  private void met(Endpoint at, long worker) {
    Known before = answered.get(at);
    if (before != null && before.worker() == worker) {
      return;
    }
    Known now = new Known(worker, master.visible(worker));
    answered.put(at, now);
    if (before != null && !before.master().equals(now.master())) {
      before.master().ifPresent(replaced::add);
    }
  }

  /**
   * How many workers there are beside those in charge: below each master all but its newest, and
   * all of a master that another has taken the place of. Those that cannot be seen do not count.
   */
  int oldWorkers() {
    Set<Long> masters = new HashSet<>();
    master.running().ifPresent(masters::add);
    answered.values().forEach(known -> known.master().ifPresent(masters::add));
    replaced.removeIf(pid -> masters.contains(pid) || !master.lives(pid));
    long besideNewest =
        masters.stream().mapToLong(pid -> Math.max(0, master.workers(pid) - 1)).sum();
    return Math.toIntExact(besideNewest + replaced.stream().mapToLong(master::workers).sum());
  }

  /** An HAProxy that runs though nobody answers: the pid file's, or one that answered before. */
  OptionalLong running() {
    OptionalLong named = master.running();
    return named.isPresent()
        ? named
        : answered.values().stream().mapToLong(Known::worker).filter(master::lives).findFirst();
  }

  /** What to tell of a process that cannot be asked. */
  static String runsWithoutSocket(long pid, String why) {
    return "HAProxy %d runs, but %s (expected: its stats socket; one that was deleted comes back when"
            .formatted(pid, why)
        + " HAProxy is restarted, not when it is reloaded)";
  }
}
