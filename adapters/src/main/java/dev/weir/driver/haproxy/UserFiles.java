package dev.weir.driver.haproxy;

import dev.weir.haproxyconf.Configuration;
import dev.weir.model.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The user's own part of HAProxy's configuration. Used by one thread. */
final class UserFiles {

  /** Behind every line of Weir's in a file of the user's. */
  private static final String MARK = "# weir";

  private final List<Path> files;
  private final Map<Path, Theirs> theirs = new HashMap<>();
  private String readAt = "";
  private Defaults defaults = Defaults.NONE;

  /**
   * What a file says.
   *
   * @param touched when it was written
   * @param content of all lines that are not Weir's
   */
  private record Theirs(String touched, String content) {}

  UserFiles(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Changes whenever a file is added, taken away, or says something else; what Weir writes into one
   * is no change of the user's.
   */
  String stamp() {
    return Configuration.expanded(files).stream()
        .map(file -> file + ":" + theirs(file))
        .collect(Collectors.joining(" "));
  }

  /** Read only when the file was touched. */
  private String theirs(Path file) {
    String now = touched(file);
    Theirs before = theirs.get(file);
    if (before == null || !before.touched().equals(now)) {
      before = new Theirs(now, without(MARK, file));
      theirs.put(file, before);
    }
    return before.content();
  }

  private static String without(String mark, Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      Fingerprint.Digest digest = Fingerprint.digest();
      lines.filter(line -> !line.contains(mark)).forEach(digest::add);
      return digest.finish().hex();
    } catch (IOException | UncheckedIOException gone) {
      return "gone";
    }
  }

  private String touched() {
    return Configuration.expanded(files).stream()
        .map(UserFiles::touched)
        .collect(Collectors.joining(" "));
  }

  private static String touched(Path file) {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      long modified = a.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      return file + ":" + a.fileKey() + ":" + a.size() + ":" + modified;
    } catch (IOException gone) {
      return file + ":gone";
    }
  }

  /**
   * What Weir's backends inherit, read anew when a file has changed. Files that are away or
   * half-written say nothing of what HAProxy has loaded: until they are whole, what they said
   * before counts.
   */
  Defaults defaults() {
    String now = touched();
    if (!now.equals(readAt)) {
      Configuration read = Configuration.read(files);
      if (read.problems().isEmpty() || defaults.equals(Defaults.NONE)) {
        defaults = Defaults.of(read);
      }
      readAt = now;
    }
    return defaults;
  }
}
