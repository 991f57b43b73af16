package dev.weir.app.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders of this project's checkout. */
final class Checkout {
  private Checkout() {}

  /** The folder of the parent, found upwards from the working directory. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "working directory: " + Path.of("").toAbsolutePath() + " (expected: inside the checkout)");
  }

  /** The folders that hold a Maven module of the project, plug-ins included. */
  static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.find(root(), 3, (file, _) -> file.endsWith("pom.xml"))) {
      return files.map(Path::getParent).filter(folder -> !folder.equals(root())).sorted().toList();
    }
  }
}
