package dev.weir.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -c FILE}, for commands that read the configuration. */
public final class ConfigOption {

  private static final List<Path> USUAL =
      List.of(Path.of("weir.yaml"), Path.of("/etc/weir/weir.yaml"));

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; without it ./weir.yaml, else /etc/weir/weir.yaml.")
  private @Nullable Path file;

  /** The file that was named, else the first usual one that exists, else the last usual one. */
  public Path file() {
    if (file != null) {
      return file;
    }
    return USUAL.stream().filter(Files::exists).findFirst().orElse(USUAL.getLast());
  }
}
