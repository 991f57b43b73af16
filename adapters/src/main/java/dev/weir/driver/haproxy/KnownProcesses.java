package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The processes that answered on the sockets when they last did. One that lives and answers no more
 * is not gone, whatever has become of its socket: it serves with what it was told last. Used by one
 * thread.
 */
final class KnownProcesses {

  private final Master master;
  private final Map<Endpoint, Long> workers = new HashMap<>();

  KnownProcesses(Master master) {
    this.master = master;
  }

  /**
   * These answered; where nobody did, whoever answered there before is gone.
   *
   * @throws IOException when it is not
   */
  void met(Look look) throws IOException {
    for (Map.Entry<Endpoint, String> silent : look.missing().entrySet()) {
      Long worker = workers.get(silent.getKey());
      if (worker != null && master.lives(worker)) {
        throw new IOException(runsWithoutSocket(worker, silent.getValue()));
      }
    }
    look.workers().forEach((at, worker) -> workers.put(at, worker.pid()));
  }

  /** An HAProxy that runs though nobody answers: the pid file's, or one that answered before. */
  OptionalLong running() {
    OptionalLong named = master.running();
    return named.isPresent()
        ? named
        : workers.values().stream().mapToLong(Long::longValue).filter(master::lives).findFirst();
  }

  /** What to tell of a process that cannot be asked. */
  static String runsWithoutSocket(long pid, String why) {
    return "HAProxy %d runs, but %s (expected: its stats socket; one that was deleted comes back when"
            .formatted(pid, why)
        + " HAProxy is restarted, not when it is reloaded)";
  }
}
