package dev.weir.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A target that was replaced, or is about to be, and can still go back. Ended once, either way. */
public final class Swap {

  private final Path target;
  private final Path previous;
  private final Effects effects;
  private final Backups backups;

  Swap(Path target, Path previous, Effects effects, Backups backups) {
    this.target = target;
    this.previous = previous;
    this.effects = effects;
    this.backups = backups;
  }

  Path target() {
    return target;
  }

  /** What the target held before. */
  public String previousText() throws IOException {
    return new String(Files.readAllBytes(previous), StandardCharsets.UTF_8);
  }

  /** Where the bytes from before are. */
  public Path previous() {
    return previous;
  }

  /** The new bytes stay: the proxy runs them. Those from before become a backup. */
  public void keep() throws IOException {
    effects.before("keep");
    backups.keep(previous, target);
    Files.deleteIfExists(previous);
  }

  /** The previous bytes are in force again, in one step. */
  public void rollBack() throws IOException {
    effects.before("roll back");
    Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(previous); // two links to the same bytes survive a rename onto each other
    Beside.flushFolder(target);
  }
}
