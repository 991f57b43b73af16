package dev.weir.testkit.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary directories whose path is short enough for a unix socket in them (the kernel allows 108
 * bytes), and that the unprivileged workers of a server started by root can enter. Use it as
 * {@code @TempDir(factory = ShortTempDir.class)}.
 */
public final class ShortTempDir implements TempDirFactory {
  private static final Path SHORTEST = Path.of("/tmp");

  @Override
  public Path createTempDirectory(
      AnnotatedElementContext elementContext, ExtensionContext extensionContext)
      throws IOException {
    return create();
  }

  /** A new empty directory; whoever asks for it removes it. */
  public static Path create() throws IOException {
    Path directory =
        Files.isWritable(SHORTEST)
            ? Files.createTempDirectory(SHORTEST, "w")
            : Files.createTempDirectory("w");
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
