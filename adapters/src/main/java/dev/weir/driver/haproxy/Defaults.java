package dev.weir.driver.haproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of the {@code defaults} sections of the user's files. The backends of Weir's file
 * inherit the last section, unless they name another.
 *
 * @param lines of the last one, each as words
 * @param named those that have a name
 */
record Defaults(List<List<String>> lines, Map<String, List<List<String>>> named) {

  static final Defaults NONE = new Defaults(List.of());

  Defaults {
    lines = lines.stream().map(List::copyOf).toList();
    named = Map.copyOf(named);
  }

  /** One section without a name. */
  Defaults(List<List<String>> lines) {
    this(lines, Map.of());
  }

  /** Those of a name, nothing where there is no such section; without a name, of the last one. */
  List<List<String>> of(Optional<String> name) {
    return name.map(wanted -> named.getOrDefault(wanted, List.of())).orElse(lines);
  }

  /** Reads the files; one that cannot be read counts as empty, its check will tell. */
  static Defaults read(List<Path> files) {
    List<List<String>> last = List.of();
    Map<String, List<List<String>>> named = new HashMap<>();
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
            last = inherited(words, named);
            if (words.size() > 1) {
              named.put(words.get(1), last);
            }
          }
        } else if (inside) {
          last.add(words);
        }
      }
    }
    return new Defaults(last, named);
  }

  /** {@code defaults NAME from OTHER} begins with what the other has. */
  private static List<List<String>> inherited(
      List<String> words, Map<String, List<List<String>>> named) {
    boolean from = words.size() > 3 && words.get(2).equals("from");
    return new ArrayList<>(from ? named.getOrDefault(words.get(3), List.of()) : List.of());
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
