package dev.weir.app.config;

import dev.weir.model.AccessToken.Role;
import dev.weir.net.ServerTlsFiles;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * How a listener speaks TLS.
 *
 * @param roles of clients by the subjects of their certificates
 */
public record ListenTls(ServerTlsFiles files, Map<X500Principal, Role> roles) {

  private static final Shape<Path> FILE = Shape.scalar("the path of a file", ListenTls::path);

  private static final Shape.Key<Path> CERT =
      Shape.Key.required(
          "cert",
          FILE,
          "The server's certificate (PEM), with those that vouch for it. A changed file is taken"
              + " within seconds, when it fits its key.");
  private static final Shape.Key<Path> KEY =
      Shape.Key.required("key", FILE, "Its key (PEM, PKCS#8, not encrypted).");
  private static final Shape.Key<Path> CLIENTS =
      Shape.Key.optional(
          "clients",
          FILE,
          "Certificates (PEM) that those of clients must be vouched for by; without it, none is"
              + " asked for.");
  private static final Shape.Key<Map<String, Role>> ROLES =
      Shape.Key.defaulted(
          "roles",
          Shape.dictionary("subject of a certificate", Shape.choice(Role.class)),
          Map.of(),
          "{}",
          "What clients may do, by the whole subject of their certificate, such as"
              + " `'CN=ci,O=Example': operator`.");

  static final Shape<ListenTls> SHAPE =
      new Shape.Mapping<>(
          "a mapping with cert and key", List.of(CERT, KEY, CLIENTS, ROLES), ListenTls::of);

  public ListenTls {
    roles = Map.copyOf(roles);
    if (!roles.isEmpty() && files.clients().isEmpty()) {
      throw new IllegalArgumentException(
          "roles without clients (expected: clients: FILE, which says whose certificates count)");
    }
  }

  private static ListenTls of(Values values) {
    Map<X500Principal, Role> roles = new HashMap<>();
    values.get(ROLES).forEach((subject, role) -> roles.put(principal(subject), role));
    Optional<Path> clients = values.find(CLIENTS);
    return new ListenTls(new ServerTlsFiles(values.get(CERT), values.get(KEY), clients), roles);
  }

  private static X500Principal principal(String subject) {
    try {
      return new X500Principal(subject);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "roles: '%s' (expected: the subject of a certificate, such as CN=ci,O=Example)"
              .formatted(subject),
          e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
  }
}
