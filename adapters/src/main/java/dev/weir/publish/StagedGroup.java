package dev.weir.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** New texts of a {@link FileGroup} that lie beside their targets and are not in force. */
public final class StagedGroup implements AutoCloseable {

  private final List<StagedFile> files;
  private final Path marker;

  StagedGroup(List<StagedFile> files, Path marker) {
    this.files = List.copyOf(files);
    this.marker = marker;
  }

  /** Those that change, the marker last. */
  public List<StagedFile> files() {
    return files;
  }

  /** Where the new texts lie, by the files that they replace. */
  public Map<Path, Path> paths() {
    return files.stream().collect(Collectors.toMap(StagedFile::target, StagedFile::path));
  }

  /**
   * Puts all in force, one after the other.
   *
   * @throws IOException with the targets as they were, or, where even that failed, with swaps left
   *     for {@link FileGroup#unfinished}
   */
  public GroupSwap swap() throws IOException {
    List<Swap> swaps = new ArrayList<>();
    try {
      for (StagedFile file : files) {
        swaps.add(file.swap());
      }
      return new GroupSwap(swaps, marker);
    } catch (IOException e) {
      undo(new GroupSwap(swaps, marker), e);
      throw e;
    }
  }

  private static void undo(GroupSwap swaps, IOException cause) {
    try {
      swaps.rollBack();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  static void discard(List<StagedFile> files, IOException cause) {
    for (StagedFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** Deletes what was not swapped. */
  @Override
  public void close() throws IOException {
    for (StagedFile file : files) {
      file.close();
    }
  }
}
