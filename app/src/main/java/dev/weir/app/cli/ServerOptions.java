package dev.weir.app.cli;

import dev.weir.net.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Option;

/**
 * Which Weir a command talks to: as said, else as {@code weir.yaml} says, else the usual places.
 * What is said may be a list of several, which are all asked; the places of {@code weir.yaml} are
 * those of one Weir, tried in their order.
 */
final class ServerOptions {

  private static final List<String> USUAL = List.of("unix:/run/weir/api.sock", "127.0.0.1:7780");
  private static final Path INSTALLED = Path.of("/etc/weir/weir.yaml");

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description =
          "Where Weir listens: unix:/PATH, HOST:PORT or https://HOST:PORT; several, with commas,"
              + " are all asked, and the worst exit code is the command's. Default: $$WEIR_SERVER,"
              + " else the api of weir.yaml.")
  @Nullable String server;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration that says where Weir listens.")
  @Nullable Path config;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) that an https:// server's must be vouched for by. Default: $$WEIR_CA,"
              + " else those that the JDK trusts.")
  @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "The certificate (PEM) to show there. Default: $$WEIR_CERT.")
  @Nullable Path cert;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its key (PEM, PKCS#8, not encrypted). Default: $$WEIR_KEY.")
  @Nullable Path key;

  /** A client for each Weir that is to be asked; at least one. */
  List<ApiClient> clients(Shell shell) throws CommandFailed {
    Optional<String> token =
        Optional.ofNullable(shell.environment().get("WEIR_TOKEN"))
            .filter(text -> text.matches("[!-~]{1,256}"));
    TlsFiles files = tls(shell);
    Optional<String> said =
        Optional.ofNullable(server)
            .or(() -> Optional.ofNullable(shell.environment().get("WEIR_SERVER")))
            .filter(text -> !text.isBlank());
    List<ApiClient> clients = new ArrayList<>();
    if (said.isPresent()) {
      for (String one : said.get().split(",", -1)) {
        Server server = server(one.strip(), files);
        if (token.isPresent() && !server.isPrivate()) {
          throw inTheClear(server);
        }
        clients.add(new ApiClient(List.of(server), token));
      }
      return clients;
    }
    List<Server> places = new ArrayList<>();
    for (String place : configured(shell)) {
      places.add(server(place, files));
    }
    return List.of(new ApiClient(places, token));
  }

  private static CommandFailed inTheClear(Server server) {
    return new CommandFailed(
        ExitCode.USAGE,
        "WEIR_TOKEN is not shown to %s in the clear (expected: https://%s)"
            .formatted(server, server),
        Optional.of("without WEIR_TOKEN a command may read where Weir lets everybody read"));
  }

  private static Server server(String text, TlsFiles files) throws CommandFailed {
    try {
      return Server.parse(text, files);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "server: %s (expected: unix:/PATH, HOST:PORT or https://HOST:PORT)"
              .formatted(Terminal.safe(text)));
    }
  }

  /** What is said beats what the environment says. */
  private TlsFiles tls(Shell shell) throws CommandFailed {
    try {
      return new TlsFiles(
          file(shell, ca, "WEIR_CA"), file(shell, cert, "WEIR_CERT"), file(shell, key, "WEIR_KEY"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Path> file(Shell shell, @Nullable Path said, String variable) {
    return Optional.ofNullable(said)
        .or(() ->
            Optional.ofNullable(shell.environment().get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of))
        .map(shell.folder()::resolve);
  }

  private List<String> configured(Shell shell) throws CommandFailed {
    Path here = shell.folder().resolve("weir.yaml");
    if (config != null) {
      return listeners(shell.folder().resolve(config));
    }
    if (Files.isReadable(here)) {
      return listeners(here);
    }
    return Files.isReadable(INSTALLED) ? listeners(INSTALLED) : USUAL;
  }

  private static List<String> listeners(Path file) throws CommandFailed {
    try {
      List<String> found = new ListenerFinder().listeners(file);
      return found.isEmpty() ? USUAL : found;
    } catch (IOException | YamlEngineException e) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "cannot read where Weir listens from %s: %s"
              .formatted(file, Terminal.safe(String.valueOf(e.getMessage()))),
          Optional.of("--server says it directly"));
    }
  }
}
