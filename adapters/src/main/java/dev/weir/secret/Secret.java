package dev.weir.secret;

import dev.weir.spi.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A secret as a configuration names it: where it is, not what it is. It is read each time that it
 * is needed, so that a changed file takes effect with the next use.
 */
public sealed interface Secret {

  /** How a secret is written. */
  Shape<Secret> SHAPE =
      Shape.scalar("env:NAME, file:/PATH or credential:NAME, not the secret itself", Secret::parse);

  /** A variable of Weir's environment. */
  record Environment(String name) implements Secret {
    @Override
    public String reveal() throws IOException {
      String value = System.getenv(name);
      if (value == null || value.isEmpty()) {
        throw new IOException(this + ": no such variable in Weir's environment");
      }
      return value;
    }

    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /** A file, without the line break at its end. */
  record InFile(Path path) implements Secret {
    @Override
    public String reveal() throws IOException {
      return read(this, path);
    }

    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /** A credential that systemd hands to the service. */
  record Credential(String name) implements Secret {
    @Override
    public String reveal() throws IOException {
      String folder = System.getenv("CREDENTIALS_DIRECTORY");
      if (folder == null) {
        throw new IOException(
            this + ": systemd gave no credentials (expected: LoadCredential= in the unit)");
      }
      return read(this, Path.of(folder, name));
    }

    @Override
    public String toString() {
      return "credential:" + name;
    }
  }

  /**
   * The secret.
   *
   * @throws IOException when it is not there, with one line that says where it was looked for
   */
  String reveal() throws IOException;

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Secret parse(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    return switch (colon < 0 || name.isEmpty() ? "" : text.substring(0, colon)) {
      case "env" -> new Environment(name);
      case "file" -> new InFile(path(name));
      case "credential" -> new Credential(credential(name));
      default ->
          throw new IllegalArgumentException(
              "*** is no reference (expected: env:NAME, file:/PATH or credential:NAME, not the"
                  + " secret itself)");
    };
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
    throw new IllegalArgumentException("not an absolute path");
  }

  private static String credential(String name) {
    if (!Pattern.matches("[A-Za-z0-9_.-]+", name) || name.startsWith(".")) {
      throw new IllegalArgumentException("not the name of a credential");
    }
    return name;
  }

  private static String read(Secret secret, Path path) throws IOException {
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return text.replaceFirst("\\R$", "");
    } catch (IOException unreadable) {
      throw new IOException(secret + ": cannot be read", unreadable);
    }
  }
}
