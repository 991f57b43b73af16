package dev.weir.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Mode, owner and group of a file. */
final class Ownership {

  private Ownership() {}

  static FileAttribute<Set<PosixFilePermission>> readableByAll() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
  }

  static FileAttribute<Set<PosixFilePermission>> privateToOwner() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  /**
   * Gives {@code to} the mode, owner and group of {@code from}.
   *
   * @throws IOException when this user may not give files to that owner
   */
  static void copy(Path from, Path to) throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributes current = view.readAttributes();
    try {
      if (!current.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!current.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
    } catch (IOException e) {
      throw new IOException(
          "%s: cannot keep its owner %s:%s (expected: the user that Weir runs as; chown the file)"
              .formatted(from, wanted.owner(), wanted.group()),
          e);
    }
    view.setPermissions(wanted.permissions());
  }
}
