package dev.weir.nginxconf;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of an nginx configuration, as it was read. */
public record ConfFile(Path path, ConfText conf) {

  /**
   * Reads a file.
   *
   * @throws ConfException for what is no nginx configuration
   */
  public static ConfFile read(Path path) throws IOException {
    return new ConfFile(path, ConfText.parse(FileText.decoded(Files.readAllBytes(path))));
  }
}
