package dev.weir.folders;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** What can be told of a file without opening it; two equal ones have the same content between. */
public sealed interface Stamp {

  /**
   * A file is there.
   *
   * @param real its path behind all symbolic links
   * @param identity device and inode: another one with every rename over it
   * @param size in bytes
   * @param modified when its content was last written, as coarse as the file system's clock
   * @param changed when anything about it was last changed, its name included
   */
  record Present(Path real, String identity, long size, FileTime modified, FileTime changed)
      implements Stamp {

    /**
     * Whether the content was written before the file got its name: then it was renamed to it, and
     * is as complete as it will be.
     */
    public boolean wasRenamed() {
      return changed.compareTo(modified) > 0;
    }
  }

  /**
   * No file is there that could be read.
   *
   * @param reason for people
   */
  record Absent(String reason) implements Stamp {}

  /** Looks at a file. */
  static Stamp of(Path path) {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile");
      if (!get(found, "isRegularFile", Boolean.class)) {
        return new Absent(path + ": not a regular file (expected: a file that can be read again)");
      }
      return new Present(
          path.toRealPath(),
          found.get("dev") + ":" + found.get("ino"),
          get(found, "size", Long.class),
          get(found, "lastModifiedTime", FileTime.class),
          get(found, "ctime", FileTime.class));
    } catch (NoSuchFileException missing) {
      return new Absent(path + ": no such file" + brokenLink(path));
    } catch (IOException unreadable) {
      return new Absent(reason(path, unreadable));
    }
  }

  /** Why a file could not be read, for people. */
  static String reason(Path path, IOException unreadable) {
    if (unreadable instanceof AccessDeniedException) {
      return path + ": permission denied";
    }
    return path + ": " + String.valueOf(unreadable.getMessage()).replaceAll("\\R", " ");
  }

  private static <T> T get(Map<String, Object> found, String name, Class<T> type) {
    return Objects.requireNonNull(type.cast(found.get(name)), name);
  }

  private static String brokenLink(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? " (the symbolic link leads nowhere)"
        : "";
  }
}
