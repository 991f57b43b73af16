package dev.weir.kv.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Where a store's files are.
 *
 * @param paths files and folders, absolute, at least one; the later count before the earlier
 * @param filter a pattern for the names of files in folders
 */
public record FilesOptions(List<Path> paths, String filter) {

  public FilesOptions {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("paths: [] (expected: at least one)");
    }
  }

  /** What tells whether a file's name is one of those. */
  PathMatcher matcher() {
    return matcher(filter);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  @Override
  public String toString() {
    return "files " + paths;
  }
}
