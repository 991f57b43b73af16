package dev.weir.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Targets of a {@link FileGroup} that were replaced and can still go back. Ended once. */
public final class GroupSwap {

  private final List<Swap> swaps;
  private final Path marker;

  /**
   * @param marker of the group; it is among the swaps or not
   */
  GroupSwap(List<Swap> swaps, Path marker) {
    this.swaps = List.copyOf(swaps);
    this.marker = marker;
  }

  /** Whether the marker was swapped as well; if not, the others can only go back. */
  public boolean isWhole() {
    return swaps.stream().anyMatch(swap -> swap.target().equals(marker));
  }

  /** What the marker held before. */
  public String previousMarker() throws IOException {
    return swaps.getLast().previousText();
  }

  /** Where the bytes from before are, by the files that were swapped. */
  public Map<Path, Path> previous() {
    return swaps.stream().collect(Collectors.toMap(Swap::target, Swap::previous));
  }

  /** The new bytes stay: the proxy runs them. */
  public void keep() throws IOException {
    for (Swap swap : swaps) {
      swap.keep();
    }
  }

  /** The previous bytes are in force again, the marker's first. */
  public void rollBack() throws IOException {
    for (Swap swap : swaps.reversed()) {
      swap.rollBack();
    }
  }
}
