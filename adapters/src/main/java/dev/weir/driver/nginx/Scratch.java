package dev.weir.driver.nginx;

import dev.weir.publish.SharedPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A small main configuration around one file, to test that file by itself.
 *
 * @param folder made when it is not there
 * @param paths where nginx sees it
 */
record Scratch(Path folder, SharedPaths paths) {

  /**
   * Writes it.
   *
   * @param config the user's main file: its modules are loaded, because the file may use them
   * @param http the file that stands in it
   * @param stream that of {@code stream}; absent where there is none
   * @return the main file to test
   */
  Path write(Path config, Path http, Optional<Path> stream) throws IOException {
    Files.createDirectories(folder);
    Path main = folder.resolve("nginx.conf");
    Files.writeString(
        main,
        """
        %s
        pid %s;
        error_log stderr;
        events { }
        http { include %s; }
        %s
        """
            .formatted(
                modules(config),
                paths.there(folder.resolve("nginx.pid")),
                paths.there(http),
                stream.map(paths::there).map("stream { include %s; }"::formatted).orElse("")));
    return main;
  }

  /** The directives of the main file that load modules, or include files that do. */
  private static String modules(Path config) throws IOException {
    List<String> lines = Files.readString(config).lines().map(String::strip).toList();
    return lines.stream()
        .takeWhile(line -> !line.startsWith("http"))
        .filter(line -> line.matches("load_module\\s[^;]+;.*|include\\s+\\S*modules\\S*\\s*;.*"))
        .collect(Collectors.joining("\n"));
  }
}
