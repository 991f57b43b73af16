package dev.weir.driver.haproxy;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An HAProxy as the configuration describes it.
 *
 * @param backends the file that Weir owns, the last {@code -f} of HAProxy's command line
 * @param config the other {@code -f} files or folders, in order
 * @param sockets its admin sockets; several where several processes are kept in step as one
 * @param master its master's own socket; absent where there is none
 * @param binary the program that checks files, a name on the path or a file
 * @param pid the file that holds the pid of its master process
 * @param reload how it is made to read its files again
 */
public record HaproxyOptions(
    Path backends,
    List<Path> config,
    List<Endpoint> sockets,
    Optional<Path> master,
    String binary,
    Path pid,
    ReloadBy reload) {

  private static final Shape<Path> FILE = Shape.scalar("an absolute path", HaproxyOptions::path);

  private static final Shape.Key<Path> BACKENDS =
      Shape.Key.required(
          "backends",
          FILE,
          "The file that Weir writes; start HAProxy with it as its last -f file.");
  private static final Shape.Key<List<Path>> CONFIG =
      Shape.Key.defaulted(
          "config",
          Shape.listOf(FILE),
          List.of(Path.of("/etc/haproxy/haproxy.cfg")),
          "[/etc/haproxy/haproxy.cfg]",
          "The other -f files or folders of HAProxy's command line, in order.");
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
              + " socket, a unit of systemd, or a command.");

  /** How it is written. */
  public static final Shape<HaproxyOptions> SHAPE =
      new Shape.Mapping<>(
          "a mapping with the key backends",
          List.of(BACKENDS, CONFIG, SOCKETS, MASTER, BINARY, PID, RELOAD),
          values ->
              new HaproxyOptions(
                  values.get(BACKENDS),
                  values.get(CONFIG),
                  values.get(SOCKETS),
                  values.find(MASTER),
                  values.get(BINARY),
                  values.get(PID),
                  values.get(RELOAD)));

  public HaproxyOptions {
    config = List.copyOf(config);
    sockets = List.copyOf(sockets);
    if (sockets.isEmpty() || Set.copyOf(sockets).size() < sockets.size()) {
      throw new IllegalArgumentException(
          "sockets: %s (expected: at least one, each once)"
              .formatted(sockets.stream().map(AdminSocket::name).toList()));
    }
    if (config.contains(backends)) {
      throw new IllegalArgumentException(
          "config: %s (expected: not the file of backends, which always comes last)"
              .formatted(backends));
    }
    if (reload instanceof ReloadBy.MasterSocket && master.isEmpty()) {
      throw new IllegalArgumentException("reload: master (expected: also master: PATH)");
    }
    if (reload instanceof ReloadBy.MasterSocket && sockets.size() > 1) {
      throw new IllegalArgumentException(
          "reload: master with %d sockets (expected: another way, as each may have a master)"
              .formatted(sockets.size()));
    }
  }

  /** The program that checks and its arguments up to the last file. */
  List<String> checkCommand(Path last) {
    List<String> command = new ArrayList<>(List.of(binary, "-c"));
    config.forEach(file -> command.addAll(List.of("-f", file.toString())));
    command.addAll(List.of("-f", last.toString()));
    return command;
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
