package dev.weir.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which earlier versions of a published file are kept: no more than each limit allows, the newest
 * first.
 *
 * @param keep at most so many of each file; 0 keeps none
 * @param age only those replaced within so long
 * @param bytes only so much of each file, all together
 * @param folder where they are kept; absent for beside the file
 */
public record BackupPolicy(int keep, Duration age, long bytes, Optional<Path> folder, Names names) {

  /** How a version is named in a folder. */
  public enum Names {
    /** The file's name and the moment it was replaced. */
    TIME,
    /** That moment alone, in milliseconds since 1970. */
    MILLIS
  }

  /** Where nothing is said. */
  public static final BackupPolicy DEFAULT =
      new BackupPolicy(10, Duration.ofDays(30), 100_000_000, Optional.empty(), Names.TIME);

  /** None are kept. */
  public static final BackupPolicy NONE =
      new BackupPolicy(0, Duration.ZERO, 0, Optional.empty(), Names.TIME);

  public BackupPolicy {
    if (keep < 0) {
      throw new IllegalArgumentException("keep: %d (expected: 0 or more)".formatted(keep));
    }
    if (names == Names.MILLIS && folder.isEmpty()) {
      throw new IllegalArgumentException(
          "names: millis (expected: also a folder, whose files have no other names)");
    }
  }
}
