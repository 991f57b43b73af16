package dev.weir.app.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code paused} beside the configuration, {@code /etc/weir/paused} in an installation:
 * while it is there nothing is touched, whether or not anybody can reach the API. Where it cannot
 * be told whether it is there, it holds.
 */
public final class PausedFile {

  private final Path file;

  /**
   * @param configuration the main file of the configuration
   */
  public PausedFile(Path configuration) {
    this.file = configuration.resolveSibling("paused");
  }

  /** Why nothing is touched; absent when the file is certainly not there. */
  Optional<String> holds() {
    return Files.notExists(file)
        ? Optional.empty()
        : Optional.of("paused by the file %s; remove it to go on".formatted(file));
  }
}
