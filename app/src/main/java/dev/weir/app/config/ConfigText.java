package dev.weir.app.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of a configuration: its main file and all that it includes. Kept when it is accepted, so
 * that a start with a bad file can fall back to it.
 */
public record ConfigText(Path main, SortedMap<Path, String> files) implements Texts {

  public ConfigText {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  @Override
  public String read(Path file) throws IOException {
    String text = files.get(file);
    if (text == null) {
      throw new NoSuchFileException(file.toString());
    }
    return text;
  }

  @Override
  public List<Path> matching(Path glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return files.keySet().stream().filter(matcher::matches).toList();
  }
}
