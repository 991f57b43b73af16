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

  /** Whether it may be told again when what it was told seems to be lost. */
  default boolean mayRepeat() {
    return true;
  }

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
   * A new HAProxy that takes the place of the running one. It is started once: the next would not
   * know of the first.
   *
   * @param options how it is started
   * @param former the process that it tells to finish: the master, or what there is without one
   */
  record Replaced(HaproxyOptions options, long former) implements Loader {

    @Override
    public void tell() throws IOException, InterruptedException {
      Optional<String> trouble = StartUp.run(options.startCommand(OptionalLong.of(former)));
      if (trouble.isPresent()) {
        throw new IOException(trouble.get());
      }
    }

    @Override
    public Phase phase() {
      return Phase.UNKNOWN;
    }

    @Override
    public boolean mayRepeat() {
      return false;
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
