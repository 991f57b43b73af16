package dev.weir.haproxyconf;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole HAProxy configuration: all {@code -f} files and folders of its command line, in order.
 *
 * @param files those that could be read
 * @param sections of all files
 * @param problems of those that could not, each {@code FILE: message} or {@code FILE:LINE:COLUMN:
 *     message}
 */
public record Configuration(List<ConfFile> files, List<Placed> sections, List<String> problems) {

  public Configuration {
    files = List.copyOf(files);
    sections = List.copyOf(sections);
    problems = List.copyOf(problems);
  }

  /** One file. */
  public record ConfFile(Path path, ConfText conf) {}

  /**
   * A section and where it stands.
   *
   * @param inherited the lines that it has from {@code defaults} sections, nearest last
   */
  public record Placed(ConfFile file, Section section, List<Line> inherited) {

    public Placed {
      inherited = List.copyOf(inherited);
    }

    /** {@code FILE:LINE}. */
    public String place() {
      return place(section.header());
    }

    /** {@code FILE:LINE} of one of its lines. */
    public String place(Line line) {
      return file.path() + ":" + line.number();
    }
  }

  /** Reads files, and the {@code .cfg} files of folders. */
  public static Configuration read(List<Path> paths) {
    List<ConfFile> files = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path path : expanded(paths)) {
      try {
        String text = FileText.decoded(Files.readAllBytes(path));
        files.add(new ConfFile(path, ConfText.parse(text)));
      } catch (IOException e) {
        problems.add("%s: cannot be read (%s)".formatted(path, e));
      } catch (ConfException e) {
        problems.add(e.in(path));
      }
    }
    return of(files, problems);
  }

  private static Configuration of(List<ConfFile> files, List<String> problems) {
    List<Placed> sections = new ArrayList<>();
    Inheritance inheritance = new Inheritance();
    for (ConfFile file : files) {
      for (Section section : file.conf().sections()) {
        sections.add(new Placed(file, section, inheritance.of(section)));
      }
    }
    return new Configuration(files, sections, problems);
  }

  /** What sections have from {@code defaults} sections; a further file goes on with the last. */
  private static final class Inheritance {
    private final Map<String, List<Line>> named = new HashMap<>();
    private List<Line> last = List.of();

    List<Line> of(Section section) {
      Optional<String> from = section.from();
      if (!section.kind().equals("defaults")) {
        return from.map(name -> named.getOrDefault(name, List.of())).orElse(last);
      }
      List<Line> inherited =
          from.map(name -> named.getOrDefault(name, List.of())).orElse(List.of());
      List<Line> all = Stream.concat(inherited.stream(), section.settings()).toList();
      last = all;
      if (!section.name().isEmpty()) {
        named.put(section.name(), all);
      }
      return inherited;
    }
  }

  /** The files themselves, in the order in which HAProxy reads those of a folder. */
  public static List<Path> expanded(List<Path> paths) {
    return paths.stream().flatMap(Configuration::filesOf).toList();
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
}
