package dev.weir.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The helper files that lie in a target's folder. */
final class Beside {

  private Beside() {}

  /** {@code .NAME.weir-KIND}: hidden, so that no usual include pattern finds it. */
  static Path named(Path target, String kind) {
    return target.resolveSibling("." + target.getFileName() + ".weir-" + kind);
  }

  /** Makes renames and links in the target's folder survive a power cut. */
  static void flushFolder(Path target) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent(), "an absolute file has a folder");
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
