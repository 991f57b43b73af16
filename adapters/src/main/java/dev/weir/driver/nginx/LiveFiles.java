package dev.weir.driver.nginx;

import dev.weir.publish.SmallFile;
import dev.weir.spi.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The files beside Weir's own one that live updates need: the balancer, a secret, and for each
 * upstream its members, with which an nginx that starts alone begins. Their names begin with a dot,
 * so that no usual include finds them.
 */
final class LiveFiles {

  private static final int SECRET_BYTES = 32;
  private static final String SCRIPT = "balancer.lua";

  private final Path balancer;
  private final Path secret;
  private final Path members;
  private final Checkpoints checkpoints;

  /**
   * @param upstreams Weir's own file
   */
  LiveFiles(Path upstreams, Checkpoints checkpoints) {
    this.balancer = beside(upstreams, "balancer.lua");
    this.secret = beside(upstreams, "secret");
    this.members = beside(upstreams, "members");
    this.checkpoints = checkpoints;
  }

  private static Path beside(Path file, String kind) {
    return file.resolveSibling(".%s.weir-%s".formatted(file.getFileName(), kind));
  }

  Path balancer() {
    return balancer;
  }

  /** Where nginx reads the secret: readable for its master and for Weir alone. */
  Path secretFile() {
    return secret;
  }

  /** Where the members of an upstream lie. */
  Path members(String upstream) {
    return members.resolve(upstream);
  }

  /** The text of the balancer. */
  String script(EmptyAnswers answers) {
    try (InputStream in =
        Objects.requireNonNull(LiveFiles.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@FOLDER@", members.toString())
          .replace("@NOBODY@", answers.address(EmptyAnswers.DEFAULT).toString())
          .replace("@DICTIONARY@", LiveText.NAME)
          .replace("@MODULE@", LiveText.NAME);
    } catch (IOException e) {
      throw new IllegalStateException("the program lacks " + SCRIPT, e);
    }
  }

  /** Makes what has to be there before nginx reads a text that names it. */
  void prepare(EmptyAnswers answers) throws IOException {
    String script = script(answers);
    if (!read(balancer).equals(Optional.of(script))) {
      write(balancer, script, "rw-r--r--");
    }
    if (secret().isEmpty()) {
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      String hex = HexFormat.of().formatHex(random);
      write(secret, "set $weir_secret %s;\n".formatted(hex), "rw-------");
    }
  }

  /** The secret; absent where there is none yet, or it cannot be read. */
  Optional<String> secret() {
    try {
      return read(secret)
          .map(text -> text.strip().replaceFirst("^set \\$weir_secret ([0-9a-f]{64});$", "$1"))
          .filter(text -> text.matches("[0-9a-f]{64}"));
    } catch (IOException notForUs) {
      return Optional.empty();
    }
  }

  /** Whether there is one, for whoever may read it. */
  boolean hasSecret() {
    return Files.exists(secret);
  }

  /** What lies in a file of members; absent where there is none. */
  Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Puts members on disk, in one step. */
  void write(Path file, String text) throws IOException {
    write(file, text, "rw-r--r--");
  }

  private void write(Path file, String text, String mode) throws IOException {
    checkpoints.before("write " + file.getFileName());
    Path folder = Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    SmallFile.write(file, text.getBytes(StandardCharsets.ISO_8859_1), mode);
  }
}
