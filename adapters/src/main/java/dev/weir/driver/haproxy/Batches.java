package dev.weir.driver.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts commands into lines that HAProxy reads at once. */
final class Batches {

  private Batches() {}

  /** In order, each batch within the limits of {@link AdminSocket#ask}. */
  static <T> List<List<T>> of(List<T> items, Function<T, String> command) {
    List<List<T>> batches = new ArrayList<>();
    List<T> batch = new ArrayList<>();
    int bytes = 0;
    for (T item : items) {
      int length = command.apply(item).length() + 1;
      boolean full =
          batch.size() == AdminSocket.MOST_COMMANDS
              || bytes + length > AdminSocket.LONGEST_LINE_BYTES;
      if (full && !batch.isEmpty()) {
        batches.add(List.copyOf(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(item);
      bytes += length;
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    return batches;
  }
}
