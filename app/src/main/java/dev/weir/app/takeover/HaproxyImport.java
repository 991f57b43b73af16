package dev.weir.app.takeover;

import dev.weir.haproxyconf.Configuration;
import dev.weir.haproxyconf.Configuration.Placed;
import dev.weir.haproxyconf.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Proposes a pool for each section with servers of an HAProxy configuration, kept where it stands.
 */
public final class HaproxyImport {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private final Configuration configuration;
  private final StringBuilder pools = new StringBuilder();
  private final List<String> carried = new ArrayList<>();
  private final List<Path> edited = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private HaproxyImport(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads a configuration.
   *
   * @param paths the {@code -f} files and folders of HAProxy's command line, in order
   * @throws IOException when one cannot be read
   * @throws NotImported when a file is no configuration of HAProxy
   */
  public static Proposal of(List<Path> paths) throws IOException, NotImported {
    List<Path> files = paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException(file + " cannot be read (expected: a file or folder of HAProxy's)");
      }
    }
    HaproxyImport made = new HaproxyImport(Configuration.read(files));
    if (!made.configuration.problems().isEmpty()) {
      throw new NotImported(made.configuration.problems());
    }
    made.configuration.sections().forEach(made::take);
    return new Proposal(made.yaml(files), made.notes);
  }

  private void take(Placed section) {
    if (!section.section().hasServers() || section.section().servers().isEmpty()) {
      return;
    }
    String name = section.section().name();
    if (section.section().header().conditional()) {
      leftOut(section, "(expected: outside of .if)");
    } else if (!NAME.matcher(name).matches() || !names.add(name)) {
      leftOut(section, "(expected: one of each name, of A-Z a-z 0-9 _ . -)");
    } else {
      ImportedBackend pool = ImportedBackend.of(section, notes);
      if (!pool.isEmpty()) {
        pools.append(pool.yaml());
        carried.add(name);
        if (!edited.contains(section.file().path())) {
          edited.add(section.file().path());
        }
      }
    }
  }

  private void leftOut(Placed section, String expected) {
    notes.add(
        "%s: %s '%s' is left out %s"
            .formatted(
                section.place(), section.section().kind(), section.section().name(), expected));
  }

  private String yaml(List<Path> files) {
    String read = list(files);
    if (carried.isEmpty()) {
      return "# %s: no section with a server that Weir could keep.\npools: {}\n".formatted(read);
    }
    return """
    # Proposed from %1$s; what to look at was printed beside it.
    # Weir looks and plans, and touches nothing, while 'mode: observe' stands here.
    pools:
    %2$sproxies:
      inner:
        mode: observe
        haproxy:
          edit: %3$s
          config: %1$s
    %4$s    pools: [%5$s]
    """
        .formatted(
            read,
            pools,
            list(withGlobal()),
            process(),
            carried.stream().map(Scalar::of).collect(Collectors.joining(", ")));
  }

  /** Weir's variable stands in a global section. */
  private List<Path> withGlobal() {
    List<Path> files = new ArrayList<>(edited);
    List<Path> global =
        configuration.sections().stream()
            .filter(s -> s.section().kind().equals("global") && !s.section().header().conditional())
            .map(s -> s.file().path())
            .toList();
    if (global.isEmpty()) {
      notes.add(edited.getFirst() + ": write a global section, Weir needs one");
    } else if (global.stream().noneMatch(files::contains)) {
      files.addFirst(global.getFirst());
    }
    return files;
  }

  private String process() {
    StringBuilder text = new StringBuilder();
    Optional<String> socket =
        global("stats")
            .filter(words -> words.size() > 2 && words.get(1).equals("socket"))
            .filter(words -> words.get(2).startsWith("/"))
            .map(words -> words.get(2));
    if (socket.isPresent()) {
      text.append("      sockets: [%s]\n".formatted(Scalar.of(socket.get())));
    } else {
      notes.add(
          "write 'stats socket PATH mode 600 level admin' into global, and name it in sockets");
    }
    global("pidfile")
        .filter(words -> words.size() > 1)
        .ifPresent(words -> text.append("      pid: %s\n".formatted(Scalar.of(words.get(1)))));
    return text.toString();
  }

  private Optional<List<String>> global(String keyword) {
    return configuration.sections().stream()
        .filter(s -> s.section().kind().equals("global"))
        .flatMap(s -> s.section().settings())
        .filter(line -> line.keyword().equals(keyword) && !line.conditional())
        .map(Line::texts)
        .findFirst();
  }

  private static String list(List<Path> files) {
    return files.stream()
        .map(file -> Scalar.of(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
