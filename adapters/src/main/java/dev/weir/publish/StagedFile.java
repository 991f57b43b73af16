package dev.weir.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new text that lies beside its target, on disk, and is not in force. */
public final class StagedFile implements AutoCloseable {

  private final PublishedFile file;
  private final Effects effects;

  StagedFile(PublishedFile file, Effects effects) {
    this.file = file;
    this.effects = effects;
  }

  /** Where it lies, for a check of its text. */
  public Path path() {
    return file.stagedPath();
  }

  /** The file it will replace. */
  public Path target() {
    return file.target();
  }

  /**
   * Puts it in force: the target is replaced in one step, and the previous bytes stay at hand until
   * the swap is kept or rolled back.
   *
   * @throws IOException with the target as it was, or, where even that failed, with the swap left
   *     for {@link PublishedFile#unfinished}
   */
  public Swap swap() throws IOException {
    return file.swapStaged();
  }

  /** Deletes it unless it was swapped. */
  @Override
  public void close() throws IOException {
    if (Files.exists(path())) {
      effects.before("discard staged");
      Files.deleteIfExists(path());
    }
  }
}
