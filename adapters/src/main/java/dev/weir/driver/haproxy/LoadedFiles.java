package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.driver.haproxy.KeptFiles.Whose;
import dev.weir.handwritten.Glob;
import dev.weir.haproxyconf.Configuration;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code -f} files and folders of HAProxy's command line, and which files Weir keeps.
 *
 * @param all in order
 * @param kept those that Weir writes, symbolic links resolved
 */
record LoadedFiles(List<Path> all, List<Path> kept, Whose whose) {

  LoadedFiles {
    all = List.copyOf(all);
    kept = List.copyOf(kept);
  }

  /**
   * As the options say; patterns are those of this moment.
   *
   * @throws SetupException where a pattern finds nothing, or HAProxy is said not to read a file
   */
  static LoadedFiles of(HaproxyOptions options) throws SetupException {
    return switch (options.kept()) {
      case Kept.OwnFile(Path file) ->
          new LoadedFiles(
              Stream.concat(options.config().stream(), Stream.of(file)).toList(),
              List.of(real(file)),
              Whose.WEIRS);
      case Kept.Rendered(Path file, Path template) ->
          new LoadedFiles(List.of(file), List.of(real(file)), Whose.WEIRS);
      case Kept.UsersFiles users -> edited(users.patterns(), options.config());
    };
  }

  private static LoadedFiles edited(List<String> patterns, List<Path> config)
      throws SetupException {
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      List<Path> files = Glob.files(pattern);
      if (files.isEmpty()) {
        throw new SetupException(
            "edit: %s finds no file (expected: at least one)".formatted(pattern));
      }
      files.stream().filter(file -> !found.contains(file)).forEach(found::add);
    }
    List<Path> all = config.isEmpty() ? found : config;
    List<Path> read = Configuration.expanded(all).stream().map(LoadedFiles::real).toList();
    List<Path> kept = found.stream().map(LoadedFiles::real).distinct().toList();
    for (Path file : kept) {
      if (!read.contains(file)) {
        throw new SetupException(
            "edit: %s is not read by HAProxy (expected: one of config, or a .cfg file in a folder"
                    .formatted(file)
                + " of it)");
      }
    }
    return new LoadedFiles(all, kept, Whose.THE_USERS);
  }

  /** Those that are their user's, as far as Weir writes no file of its own. */
  List<Path> users() {
    return switch (whose) {
      case WEIRS -> all.subList(0, all.size() - 1);
      case THE_USERS -> all;
    };
  }

  /**
   * HAProxy's check of all of them.
   *
   * @param instead what to check in the place of some, symbolic links resolved
   */
  List<String> command(String binary, Map<Path, Path> instead) {
    List<String> command = new ArrayList<>(List.of(binary, "-c"));
    for (Path one : all) {
      List<Path> inside = Configuration.expanded(List.of(one));
      boolean touched = inside.stream().anyMatch(file -> instead.containsKey(real(file)));
      for (Path file : touched ? inside : List.of(one)) {
        Path path = touched ? instead.getOrDefault(real(file), file) : file;
        command.addAll(List.of("-f", path.toString()));
      }
    }
    return command;
  }

  /** Whether nobody else writes it. */
  boolean isOwn(Path file) {
    return whose == Whose.WEIRS && kept.contains(file);
  }

  /** Those that Weir keeps, for people. */
  String shown() {
    return kept.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** Symbolic links resolved, where there is such a file. */
  static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException notThereYet) {
      return file.toAbsolutePath().normalize();
    }
  }
}
