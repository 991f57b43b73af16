package dev.weir.driver.haproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of the last {@code defaults} section of the user's files, which the backends of Weir's
 * file inherit.
 *
 * @param lines each as words
 */
record Defaults(List<List<String>> lines) {

  static final Defaults NONE = new Defaults(List.of());

  Defaults {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /** Reads the files; one that cannot be read counts as empty, its check will tell. */
  static Defaults read(List<Path> files) {
    List<List<String>> last = new ArrayList<>();
    boolean inside = false;
    for (Path file : expanded(files)) {
      for (String line : linesOf(file)) {
        List<String> words = Words.split(line);
        if (words.isEmpty()) {
          continue;
        }
        if (Words.beginsSection(words.getFirst())) {
          inside = words.getFirst().equals("defaults");
          if (inside) {
            last.clear();
          }
        } else if (inside) {
          last.add(words);
        }
      }
    }
    return new Defaults(last);
  }

  /** The files themselves, in the order in which HAProxy reads those of a folder. */
  static List<Path> expanded(List<Path> files) {
    return files.stream().flatMap(Defaults::filesOf).toList();
  }

  private static Stream<Path> filesOf(Path path) {
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.cfg"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  static List<String> linesOf(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /** The words of the last line that begins so; empty when there is none. */
  List<String> last(String first) {
    return last(lines, first);
  }

  static List<String> last(List<List<String>> lines, String first) {
    return lines.reversed().stream()
        .filter(words -> words.getFirst().equals(first))
        .findFirst()
        .orElse(List.of());
  }

  /** The parameters of all {@code default-server} lines, in order. */
  static List<String> serverParameters(List<List<String>> lines) {
    return lines.stream()
        .filter(words -> words.getFirst().equals("default-server"))
        .flatMap(words -> words.stream().skip(1))
        .toList();
  }
}
