package dev.weir.kv.files;

import dev.weir.folders.FolderWatcher;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The {@code files} store: the values in YAML and JSON files, each under the path of its keys. */
public final class FilesStoreType implements KeyValueStoreType<FilesOptions> {

  private static final Shape<Path> PATH =
      Shape.scalar("the path of a file or folder", FilesStoreType::path);

  /** Where the files are. */
  static final Shape.Key<List<Path>> PATHS =
      Shape.Key.required(
          "paths",
          new Shape.Either<>(
              "the path of a file or folder, or a list of them",
              List.of(PATH.map(List::of), Shape.listOf(PATH))),
          "YAML or JSON files, and folders of such; of a key that stands in several, the last"
              + " counts.");

  /** Which of a folder's files. */
  static final Shape.Key<String> FILTER =
      Shape.Key.defaulted(
          "filter",
          Shape.scalar("a pattern for names, such as *.yaml", FilesStoreType::pattern),
          "*",
          "'*'",
          "The names of the files that are taken from folders; those that begin with a dot never"
              + " are.");

  static final Shape.Mapping<FilesOptions> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with paths",
          List.of(PATHS, FILTER),
          values -> new FilesOptions(values.get(PATHS), values.get(FILTER)));

  private final FolderWatcher folders = new FolderWatcher();

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Shape.Mapping<FilesOptions> options() {
    return OPTIONS;
  }

  @Override
  public KeyValueStore open(FilesOptions options, Time time) {
    return new FilesStore(options, folders, time);
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
  }

  private static String pattern(String text) {
    if (text.isEmpty() || text.contains("/")) {
      throw new IllegalArgumentException("not a pattern for names");
    }
    FilesOptions.matcher(text);
    return text;
  }
}
