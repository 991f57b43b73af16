package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
import dev.weir.publish.ReloadWay;
import java.io.IOException;
import java.util.List;
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

  /**
   * The master process, told by a signal or by a program that knows how.
   *
   * @param pid absent where the process cannot be seen from here
   */
  record Told(OptionalLong pid, ReloadWay way) implements Loader {

    @Override
    public void tell() throws IOException, InterruptedException {
      Optional<String> trouble = way.tell(List.of("kill", "-USR2", Long.toString(pid.orElse(0))));
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
