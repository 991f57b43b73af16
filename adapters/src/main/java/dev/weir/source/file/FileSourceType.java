package dev.weir.source.file;

import dev.weir.folders.FolderWatcher;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The {@code file} source: members from a file that a person or a program writes. */
public final class FileSourceType implements SourceType<FileSourceType.Options> {

  /** Where the file lies. */
  public static final Shape.Key<Path> PATH =
      Shape.Key.required(
          "path",
          Shape.scalar("the path of a file", FileSourceType::path),
          "The file: YAML or JSON with a list of `host:port` or `{address, weight, name, labels,"
              + " backup}`, Prometheus' `file_sd`, or plain text with an address per line; `[]`"
              + " stands for no members, an empty or half-written file changes nothing.");

  private static final Shape<Options> OPTIONS =
      new Shape.Shorthand<>(
          PATH,
          new Shape.Mapping<>(
              "a mapping with path", List.of(PATH), values -> new Options(values.get(PATH))));

  private final FolderWatcher folders = new FolderWatcher();

  /**
   * What it is told.
   *
   * @param path absolute
   */
  public record Options(Path path) {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public Source open(Options options, Context context) {
    return new FileSource(options.path(), context, folders);
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
  }
}
