package dev.weir.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces a file in one step that survives a power cut, where nobody tests or confirms it. */
public final class SmallFile {

  private SmallFile() {}

  /**
   * Writes a file, which is made where there is none.
   *
   * @param mode as {@code rw-r--r--}
   * @throws IOException with the former file in place and nothing left behind
   */
  public static void write(Path file, byte[] content, String mode) throws IOException {
    Path staged = Beside.named(file, "staged");
    Files.deleteIfExists(staged);
    try {
      try (FileChannel out =
          FileChannel.open(
              staged,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              Ownership.privateToOwner())) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString(mode));
        out.force(true);
      }
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(staged);
      throw e;
    }
    Beside.flushFolder(file);
  }
}
