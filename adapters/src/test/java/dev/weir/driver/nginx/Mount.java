package dev.weir.driver.nginx;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.Output;
import dev.weir.publish.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Something mounted over a folder; the test is skipped where nothing may be mounted. */
record Mount(Path at) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A disk of 256 KiB. */
  static Mount small(Path at) throws InterruptedException {
    return mount("mount -t tmpfs -o size=256k weir-test \"$1\"", at);
  }

  /** The same folder, read-only. */
  static Mount readOnly(Path at) throws InterruptedException {
    return mount("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", at);
  }

  /** A file in its own place. */
  static Mount itself(Path at) throws InterruptedException {
    return mount("mount --bind \"$1\" \"$1\"", at);
  }

  private static Mount mount(String script, Path at) throws InterruptedException {
    assumeThat(Programs.run(List.of("sh", "-c", script, "sh", at.toString()), PATIENCE))
        .as("mounting needs root")
        .isEqualTo(new Exited(0, new Output("", "")));
    return new Mount(at);
  }

  @Override
  public void close() {
    try {
      Programs.run(List.of("umount", "-l", at.toString()), PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
