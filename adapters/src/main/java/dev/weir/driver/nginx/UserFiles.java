package dev.weir.driver.nginx;

import dev.weir.handwritten.Glob;
import dev.weir.nginxconf.Configuration;
import dev.weir.nginxconf.Upstream;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the files of the user's in which upstreams are kept where they stand. */
final class UserFiles {

  private UserFiles() {}

  /** Those that are there now, each once, by whatever name. */
  static List<Path> edited(List<String> patterns) throws SetupException {
    Set<Path> files = new LinkedHashSet<>();
    for (String pattern : patterns) {
      for (Path file : Glob.files(pattern)) {
        try {
          files.add(file.toRealPath());
        } catch (IOException e) {
          throw new SetupException(
              "edit: %s cannot be read (%s; expected: a file of nginx's configuration)"
                  .formatted(file, e),
              e);
        }
      }
    }
    return List.copyOf(files);
  }

  /**
   * The files that {@code stream} includes, with upstreams of its own in them. One that cannot be
   * found again by its real name is left out.
   */
  static Set<Path> inStream(Path main) {
    return Configuration.read(main).upstreams().stream()
        .filter(upstream -> upstream.context() == Upstream.Context.STREAM)
        .map(upstream -> real(upstream.file().path()))
        .collect(Collectors.toSet());
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException gone) {
      return file;
    }
  }
}
