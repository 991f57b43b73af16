package dev.weir.kv.files;

import dev.weir.folders.Stamp;
import dev.weir.net.Questions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a look at the files of a store tells without opening one; two equal ones have the same
 * content between.
 *
 * @param files in the order in which they count; of a folder's by their names
 * @param folders in which something may come or go
 */
record FileTree(Map<Path, Stamp> files, Set<Path> folders) {

  private static final int DEEPEST = 16;
  private static final int MOST = 10_000;

  /**
   * Looks.
   *
   * @throws IOException when a path is not there, or a folder cannot be listed
   */
  static FileTree of(FilesOptions options) throws IOException {
    Questions.asked();
    Walk walk = new Walk(options.matcher());
    for (Path path : options.paths()) {
      walk.path(path);
    }
    return new FileTree(walk.files, walk.folders);
  }

  /** Whether nobody can be in the midst of writing one of the files: all are older than this. */
  boolean isOlderThan(Duration age, Instant now) {
    return files.values().stream().allMatch(stamp -> isOlder(stamp, age, now));
  }

  private static boolean isOlder(Stamp stamp, Duration age, Instant now) {
    return switch (stamp) {
      case Stamp.Present present ->
          present.wasRenamed()
              || Duration.between(present.modified().toInstant(), now).compareTo(age) >= 0;
      case Stamp.Absent absent -> false;
    };
  }

  /** Gathers files and folders. */
  private static final class Walk {
    private final PathMatcher filter;
    private final Map<Path, Stamp> files = new LinkedHashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    private Walk(PathMatcher filter) {
      this.filter = filter;
    }

    private void path(Path path) throws IOException {
      Path parent = path.getParent();
      if (parent != null) {
        folders.add(parent);
      }
      if (Files.isDirectory(path)) {
        folder(path, 1);
      } else {
        file(path);
      }
    }

    private void folder(Path folder, int depth) throws IOException {
      if (depth > DEEPEST) {
        throw new IOException("%s: more than %d folders deep".formatted(folder, DEEPEST));
      }
      folders.add(folder);
      for (Path entry : entries(folder)) {
        if (Files.isDirectory(entry)) {
          folder(entry, depth + 1);
        } else if (filter.matches(entry.getFileName())) {
          file(entry);
        }
      }
    }

    private static List<Path> entries(Path folder) throws IOException {
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
        for (Path entry : found) {
          if (!entry.getFileName().toString().startsWith(".")) {
            entries.add(entry);
          }
        }
      } catch (DirectoryIteratorException unreadable) {
        throw new IOException(folder + ": cannot be listed", unreadable);
      } catch (IOException unreadable) {
        throw new IOException(Stamp.reason(folder, unreadable), unreadable);
      }
      entries.sort(null);
      return entries;
    }

    private void file(Path file) throws IOException {
      files.remove(file); // the later place counts
      files.put(file, Stamp.of(file));
      if (files.size() > MOST) {
        throw new IOException("%s: more than %d files".formatted(file, MOST));
      }
    }
  }
}
