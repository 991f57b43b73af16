package dev.weir.driver.haproxy;

import dev.weir.haproxyconf.Configuration;
import dev.weir.haproxyconf.Configuration.Placed;
import dev.weir.haproxyconf.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What backends have from the user's files: the lines of {@code defaults} sections, of which a
 * backend of Weir's file inherits the last one unless it names another, and the sections in which
 * Weir keeps servers.
 *
 * @param lines of the last one, each as words
 * @param named those that have a name
 * @param sections those with servers, by name
 * @param bufferBytes the size of HAProxy's buffers ({@code tune.bufsize}): a command for its socket
 *     has to be shorter, with its line end
 */
record Defaults(
    List<List<String>> lines,
    Map<String, List<List<String>>> named,
    Map<String, UsersSection> sections,
    int bufferBytes) {

  private static final int BUILT_IN_BUFFER_BYTES = 16 * 1024;

  static final Defaults NONE = new Defaults(List.of());

  Defaults {
    lines = lines.stream().map(List::copyOf).toList();
    named = Map.copyOf(named);
    sections = Map.copyOf(sections);
  }

  /** One section without a name. */
  Defaults(List<List<String>> lines) {
    this(lines, Map.of(), Map.of(), BUILT_IN_BUFFER_BYTES);
  }

  /** Those of a name, nothing where there is no such section; without a name, of the last one. */
  List<List<String>> of(Optional<String> name) {
    return name.map(wanted -> named.getOrDefault(wanted, List.of())).orElse(lines);
  }

  /** Reads the files; one that cannot be read counts as empty, its check will tell. */
  static Defaults read(List<Path> files) {
    return of(Configuration.read(files));
  }

  /** Those in a configuration. */
  static Defaults of(Configuration configuration) {
    List<List<String>> last = List.of();
    Map<String, List<List<String>>> named = new HashMap<>();
    Map<String, UsersSection> sections = new HashMap<>();
    List<List<String>> global = new ArrayList<>();
    for (Placed placed : configuration.sections()) {
      if (placed.section().kind().equals("defaults")) {
        last = words(Stream.concat(placed.inherited().stream(), placed.section().settings()));
        named.put(placed.section().name(), last);
      } else if (placed.section().kind().equals("global")) {
        global.addAll(words(placed.section().settings()));
      } else if (placed.section().hasServers()) {
        sections.putIfAbsent(placed.section().name(), UsersSection.of(placed));
      }
    }
    return new Defaults(last, named, sections, bufferBytes(global));
  }

  /** Those in the lines of one configuration, each as its words. */
  static Defaults in(List<List<String>> configuration) {
    List<List<String>> last = List.of();
    Map<String, List<List<String>>> named = new HashMap<>();
    List<List<String>> global = new ArrayList<>();
    boolean inGlobal = false;
    boolean inside = false;
    for (List<String> words : configuration) {
      if (Words.beginsSection(words.getFirst())) {
        inGlobal = words.getFirst().equals("global");
        inside = words.getFirst().equals("defaults");
        if (inside) {
          boolean from = words.size() > 3 && words.get(2).equals("from");
          last = new ArrayList<>(from ? named.getOrDefault(words.get(3), List.of()) : List.of());
          if (words.size() > 1) {
            named.put(words.get(1), last);
          }
        }
      } else if (inside) {
        last.add(words);
      } else if (inGlobal) {
        global.add(words);
      }
    }
    return new Defaults(last, named, Map.of(), bufferBytes(global));
  }

  private static int bufferBytes(List<List<String>> global) {
    List<String> line = last(global, "tune.bufsize");
    boolean number = line.size() == 2 && line.get(1).matches("[0-9]{1,9}");
    return number ? Integer.parseInt(line.get(1)) : BUILT_IN_BUFFER_BYTES;
  }

  static List<List<String>> words(Stream<Line> lines) {
    return lines.map(Line::texts).toList();
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
