package dev.weir.driver.haproxy;

import dev.weir.haproxyconf.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The user's own part of HAProxy's configuration. Used by one thread. */
final class UserFiles {

  private final List<Path> files;
  private String readAt = "";
  private Defaults defaults = Defaults.NONE;

  UserFiles(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Changes whenever a file is replaced, rewritten, added or taken away. */
  String stamp() {
    return Configuration.expanded(files).stream()
        .map(UserFiles::stamp)
        .collect(Collectors.joining(" "));
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      long modified = a.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      return file + ":" + a.fileKey() + ":" + a.size() + ":" + modified;
    } catch (IOException gone) {
      return file + ":gone";
    }
  }

  /** What Weir's backends inherit, read anew when a file has changed. */
  Defaults defaults() {
    String now = stamp();
    if (!now.equals(readAt)) {
      defaults = Defaults.read(files);
      readAt = now;
    }
    return defaults;
  }
}
