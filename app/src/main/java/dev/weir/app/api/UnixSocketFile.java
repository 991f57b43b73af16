package dev.weir.app.api;

import dev.weir.spi.SetupException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a listening unix socket. Whoever may write it may write to Weir: the file is for its
 * owner and group, in a folder that is for them as well.
 */
final class UnixSocketFile {

  private final Path file;

  UnixSocketFile(Path file) {
    this.file = file;
  }

  /**
   * Makes the folder where there is none, and removes what a killed process left behind.
   *
   * @throws SetupException when somebody answers there, or when it is no socket
   */
  void prepare() throws SetupException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        var _ =
            Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        throw new SetupException(
            "api: %s is no socket (expected: a socket or nothing); move it away".formatted(file));
      }
      if (answers()) {
        throw new SetupException(
            "api: somebody answers at %s, another Weir? stop it or listen elsewhere"
                .formatted(file));
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new SetupException("api: cannot listen at %s: %s".formatted(file, e), e);
    }
  }

  /** Opens the bound socket to its group. */
  void open() throws SetupException {
    try {
      var _ = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException e) {
      throw new SetupException("api: cannot set the mode of %s: %s".formatted(file, e), e);
    }
  }

  /** Removes the file once nobody listens. */
  void remove() throws IOException {
    var _ = Files.deleteIfExists(file);
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(file));
    } catch (IOException e) {
      return false;
    }
  }
}
