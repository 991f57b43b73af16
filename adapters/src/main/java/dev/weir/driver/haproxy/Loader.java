package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
import dev.weir.publish.ReloadWay;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Whoever loads HAProxy's files when told to. That it was told proves nothing. */
interface Loader {

  /**
   * Tells it to load the files and replace the worker.
   *
   * @throws IOException when it cannot be told
   */
  void tell() throws IOException, InterruptedException;

  /** What it is doing. */
  Phase phase() throws InterruptedException;

  /** The master process, told by a signal. */
  record Signalled(long pid) implements Loader {

    public Signalled {
      if (pid < 1) {
        throw new IllegalArgumentException("pid: %d (expected: 1 or more)".formatted(pid));
      }
    }

    @Override
    public void tell() throws IOException, InterruptedException {
      Told.through(new ReloadWay.Signal(), pid);
    }

    @Override
    public Phase phase() {
      return Master.phase(pid);
    }
  }

  /**
   * The master process, told by a program that knows how.
   *
   * @param pid absent where the process cannot be seen from here
   * @param way any but a signal, which needs the process
   */
  record Told(OptionalLong pid, ReloadWay way) implements Loader {

    public Told {
      if (way instanceof ReloadWay.Signal) {
        throw new IllegalArgumentException("way: a signal (expected: a program)");
      }
    }

    @Override
    public void tell() throws IOException, InterruptedException {
      through(way, pid.orElse(0));
    }

    private static void through(ReloadWay way, long pid) throws IOException, InterruptedException {
      Optional<String> trouble = way.tell("USR2", pid);
      if (trouble.isPresent()) {
        throw new IOException(trouble.get());
      }
    }

    @Override
    public Phase phase() {
      return pid.isPresent() ? Master.phase(pid.getAsLong()) : Phase.UNKNOWN;
    }
  }
}
