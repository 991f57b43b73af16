package dev.weir.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that go into force together. The last one, the marker, says which content all of them are:
 * it is replaced after all others, kept after them, and the first to go back. So a kill leaves
 * either a marker whose swap is under way, and then all others are in force, or one whose swap is
 * not, and then the others have to go back.
 *
 * <p>Used by one thread.
 */
public final class FileGroup {

  private final List<PublishedFile> files;

  /**
   * @param files the marker last
   */
  public FileGroup(List<PublishedFile> files) {
    this.files = List.copyOf(files);
  }

  /** The file that says which content all of them are. */
  public PublishedFile marker() {
    return files.getLast();
  }

  /** Whether each of them holds this text already; one that is not named does. */
  public boolean hold(Map<Path, String> texts) throws IOException {
    for (PublishedFile file : files) {
      String text = texts.get(file.target());
      if (text != null && !file.read().equals(Optional.of(text))) {
        return false;
      }
    }
    return true;
  }

  /** Swaps that a killed Weir began and neither kept nor rolled back. */
  public Optional<GroupSwap> unfinished() {
    List<Swap> swaps = files.stream().flatMap(file -> file.unfinished().stream()).toList();
    return swaps.isEmpty()
        ? Optional.empty()
        : Optional.of(new GroupSwap(swaps, marker().target()));
  }

  /**
   * Writes new texts beside those files that hold another.
   *
   * @param texts by the files, symbolic links resolved
   * @throws IOException with nothing left behind
   */
  public StagedGroup stage(Map<Path, String> texts) throws IOException {
    return stage(texts, Map.of());
  }

  /**
   * The same for files that others write too.
   *
   * @param former what they held when the texts were made, by the files; one that is not named may
   *     hold anything
   */
  public StagedGroup stage(Map<Path, String> texts, Map<Path, String> former) throws IOException {
    List<StagedFile> staged = new ArrayList<>();
    try {
      for (PublishedFile file : files) {
        String text = texts.get(file.target());
        String from = former.get(file.target());
        if (text != null && !file.read().equals(Optional.of(text))) {
          staged.add(from == null ? file.stage(text) : file.stage(text, from));
        }
      }
      return new StagedGroup(staged, marker().target());
    } catch (IOException e) {
      StagedGroup.discard(staged, e);
      throw e;
    }
  }
}
