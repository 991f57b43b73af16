package dev.weir.driver.haproxy;

import dev.weir.handwritten.Glob;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import dev.weir.publish.ReloadWay;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An HAProxy as the configuration describes it.
 *
 * @param kept the files that Weir writes
 * @param config the other {@code -f} files or folders, in order; with files of the user's all of
 *     them, or none where there are no others
 * @param sockets its admin sockets; several where several processes are kept in step as one
 * @param master its master's own socket; absent where there is none
 * @param binary the program that checks files, a name on the path or a file
 * @param pid the file that holds the pid of its master process
 * @param reload how it is made to read its files again
 * @param absent what to do where it does not run when Weir starts
 */
public record HaproxyOptions(
    Kept kept,
    List<Path> config,
    List<Endpoint> sockets,
    Optional<Path> master,
    String binary,
    Path pid,
    ReloadBy reload,
    Absent absent) {

  /** What to do where HAProxy does not run when Weir starts. */
  public enum Absent {
    /** Writes and checks the file, and waits until somebody starts it. */
    WAIT,
    /** Starts it. */
    START,
    /** Weir does not start either. */
    FAIL
  }

  private static final List<Path> USUAL = List.of(Path.of("/etc/haproxy/haproxy.cfg"));
  private static final Shape<Path> FILE = Shape.scalar("an absolute path", HaproxyOptions::path);

  private static final Shape<String> PATTERN =
      Shape.scalar("an absolute path or pattern", HaproxyOptions::pattern);

  private static final Shape.Key<Path> BACKENDS =
      Shape.Key.optional(
          "backends",
          FILE,
          "The file that Weir writes; start HAProxy with it as its last -f file.");
  private static final Shape.Key<List<String>> EDIT =
      Shape.Key.defaulted(
          "edit",
          new Shape.Either<>(
              "an absolute path or pattern, or a list of them",
              List.of(PATTERN.map(List::of), Shape.listOf(PATTERN))),
          List.of(),
          "[]",
          "In the place of backends: files of the user's, or patterns for them, in which Weir keeps"
              + " the server lines of the sections that its pools are carried as.");
  private static final Shape.Key<Path> TEMPLATE =
      Shape.Key.optional(
          "template",
          TemplateFile.SHAPE,
          "In the place of backends: a template that the one file of config is rendered from as a"
              + " whole.");
  private static final Shape.Key<List<Path>> CONFIG =
      Shape.Key.optional(
          "config",
          Shape.listOf(FILE),
          "The other -f files or folders of HAProxy's command line, in order; without it"
              + " /etc/haproxy/haproxy.cfg. With edit all of them; without it those of edit.");
  private static final Shape.Key<List<Endpoint>> SOCKETS =
      Shape.Key.defaulted(
          "sockets",
          Shape.listOf(Shape.scalar("an absolute path or IP:PORT", HaproxyOptions::socket)),
          List.of(new Endpoint.UnixSocket("/run/haproxy/admin.sock")),
          "[/run/haproxy/admin.sock]",
          "Its stats sockets, of level admin. Everything is said to each, and read back from each.");
  private static final Shape.Key<Path> MASTER =
      Shape.Key.optional(
          "master", FILE, "The master's own socket (haproxy -S), for reload: master.");
  private static final Shape.Key<String> BINARY =
      Shape.Key.defaulted(
          "binary",
          Shape.text("a program"),
          "haproxy",
          "haproxy",
          "The program that checks the files before they are used.");
  private static final Shape.Key<Path> PID =
      Shape.Key.defaulted(
          "pid",
          FILE,
          Path.of("/run/haproxy.pid"),
          "/run/haproxy.pid",
          "The file that holds the pid of HAProxy's master process.");
  private static final Shape.Key<ReloadBy> RELOAD =
      Shape.Key.defaulted(
          "reload",
          ReloadBy.SHAPE,
          new ReloadBy.Program(new ReloadWay.Signal()),
          "signal",
          "How HAProxy is told to reload: SIGUSR2 to its master process, reload on its master's"
              + " socket, a new HAProxy in place of the old (binary), a unit of systemd, a command,"
              + " or SIGUSR2 to a container.");
  private static final Shape.Key<Absent> ABSENT =
      Shape.Key.defaulted(
          "absent",
          Shape.choice(Absent.class),
          Absent.WAIT,
          "wait",
          "What to do where HAProxy does not run when Weir starts: wait for it, start it (the unit"
              + " of systemd, else the program), or fail.");

  /** How it is written. */
  public static final Shape<HaproxyOptions> SHAPE =
      new Shape.Mapping<>(
          "a mapping with the key backends, edit or template",
          List.of(BACKENDS, EDIT, TEMPLATE, CONFIG, SOCKETS, MASTER, BINARY, PID, RELOAD, ABSENT),
          values ->
              new HaproxyOptions(
                  kept(values),
                  config(values),
                  values.get(SOCKETS),
                  values.find(MASTER),
                  values.get(BINARY),
                  values.get(PID),
                  values.get(RELOAD),
                  values.get(ABSENT)));

  public HaproxyOptions {
    config = List.copyOf(config);
    sockets = List.copyOf(sockets);
    if (sockets.isEmpty() || Set.copyOf(sockets).size() < sockets.size()) {
      throw new IllegalArgumentException(
          "sockets: %s (expected: at least one, each once)"
              .formatted(sockets.stream().map(AdminSocket::name).toList()));
    }
    if (kept instanceof Kept.OwnFile(Path file) && config.contains(file)) {
      throw new IllegalArgumentException(
          "config: %s (expected: not the file of backends, which always comes last)"
              .formatted(file));
    }
    if (reload instanceof ReloadBy.MasterSocket && master.isEmpty()) {
      throw new IllegalArgumentException("reload: master (expected: also master: PATH)");
    }
    boolean single = reload instanceof ReloadBy.MasterSocket || reload instanceof ReloadBy.Binary;
    if (single && sockets.size() > 1) {
      throw new IllegalArgumentException(
          "reload: master or binary with %d sockets (expected: another way, as each may have a"
                  .formatted(sockets.size())
              + " master)");
    }
    if (absent == Absent.START
        && (sockets.size() > 1
            || reload instanceof ReloadBy.Program(ReloadWay.Command _)
            || reload instanceof ReloadBy.Program(ReloadWay.Container _))) {
      throw new IllegalArgumentException(
          "absent: start (expected: one socket, and reload: signal, master, binary or a unit of"
              + " systemd)");
    }
  }

  /** The template that the file is rendered from; absent in the other ways. */
  Optional<Path> template() {
    return kept instanceof Kept.Rendered rendered
        ? Optional.of(rendered.template())
        : Optional.empty();
  }

  /** The container that it runs in, and how files are called there; absent where it runs here. */
  Optional<ReloadWay.Container> container() {
    return reload instanceof ReloadBy.Program(ReloadWay.Container way)
        ? Optional.of(way)
        : Optional.empty();
  }

  /** The files that Weir writes. */
  public sealed interface Kept {

    /**
     * The one file of HAProxy's command line.
     *
     * @param template of the user's that it is rendered from
     */
    record Rendered(Path file, Path template) implements Kept {}

    /** One of its own, the last {@code -f} of HAProxy's command line. */
    record OwnFile(Path file) implements Kept {}

    /**
     * Files of the user's, in which it keeps server lines.
     *
     * @param patterns paths, or patterns for them; at least one
     */
    record UsersFiles(List<String> patterns) implements Kept {
      public UsersFiles {
        patterns = List.copyOf(patterns);
        if (patterns.isEmpty()) {
          throw new IllegalArgumentException("edit: no file (expected: at least one)");
        }
      }
    }
  }

  private static Kept kept(Values values) {
    Optional<Path> backends = values.find(BACKENDS);
    Optional<Path> template = values.find(TEMPLATE);
    List<String> edit = values.get(EDIT);
    List<String> ways =
        Stream.of(
                backends.map(file -> "backends"),
                edit.isEmpty() ? Optional.<String>empty() : Optional.of("edit"),
                template.map(file -> "template"))
            .flatMap(Optional::stream)
            .toList();
    if (ways.size() != 1) {
      throw new IllegalArgumentException(
          "%s (expected: either backends or edit, or template)"
              .formatted(
                  ways.isEmpty() ? "neither backends nor edit" : String.join(" and ", ways)));
    }
    if (template.isPresent()) {
      return new Kept.Rendered(rendered(values), template.get());
    }
    return backends.<Kept>map(Kept.OwnFile::new).orElseGet(() -> new Kept.UsersFiles(edit));
  }

  private static Path rendered(Values values) {
    List<Path> config = values.find(CONFIG).orElse(USUAL);
    if (config.size() != 1) {
      throw new IllegalArgumentException(
          "config: %s (expected: with template, the one file that it is rendered to)"
              .formatted(config));
    }
    return config.getFirst();
  }

  private static List<Path> config(Values values) {
    return values.find(TEMPLATE).isPresent()
        ? List.of()
        : values.find(CONFIG).orElse(values.get(EDIT).isEmpty() ? USUAL : List.of());
  }

  private static String pattern(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("%s is not absolute".formatted(Quoted.of(text)));
    }
    return text;
  }

  /**
   * The command that starts HAProxy, in the background.
   *
   * @param former the process that it takes the listeners of, and then tells to finish
   */
  List<String> startCommand(OptionalLong former) {
    if (former.isEmpty() && reload instanceof ReloadBy.Program(ReloadWay.Systemd(String unit))) {
      return List.of("systemctl", "start", unit);
    }
    List<String> command = new ArrayList<>(List.of(binary, "-W", "-D"));
    files().forEach(file -> command.addAll(List.of("-f", file.toString())));
    command.addAll(List.of("-p", pid.toString()));
    master.ifPresent(path -> command.addAll(List.of("-S", path + ",mode,600,level,admin")));
    former.ifPresent(process ->
        command.addAll(
            List.of("-x", AdminSocket.name(sockets.getFirst()), "-sf", Long.toString(process))));
    return List.copyOf(command);
  }

  private List<Path> files() {
    return switch (kept) {
      case Kept.OwnFile(Path file) -> Stream.concat(config.stream(), Stream.of(file)).toList();
      case Kept.Rendered(Path file, Path _) -> List.of(file);
      case Kept.UsersFiles users when config.isEmpty() ->
          users.patterns().stream().flatMap(p -> Glob.files(p).stream()).distinct().toList();
      case Kept.UsersFiles _ -> config;
    };
  }

  private static Endpoint socket(String text) {
    String address = text.startsWith("/") ? "unix:" + text : text;
    if (Address.parse(address) instanceof Endpoint endpoint) {
      return endpoint;
    }
    throw new IllegalArgumentException("%s is a host name".formatted(Quoted.of(text)));
  }

  private static Path path(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("%s is not absolute".formatted(Quoted.of(text)));
    }
    return path;
  }
}
