package dev.weir.app.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Finds where Weir listens in a configuration and in the files that it includes. Only what can say
 * so is parsed as YAML: commands are to be quick.
 */
final class ListenerFinder {

  private final Deque<Path> ahead = new ArrayDeque<>();
  private final Set<Path> read = new HashSet<>();

  /**
   * What {@code api} says, in the order written, but for listeners with TLS, which are for others
   * than this machine; empty where no file says anything.
   *
   * @throws IOException when a file cannot be read
   */
  List<String> listeners(Path main) throws IOException {
    List<String> found = new ArrayList<>();
    ahead.add(main);
    while (!ahead.isEmpty()) {
      Path file = ahead.remove();
      if (read.add(file.toAbsolutePath().normalize())) {
        found.addAll(in(file));
      }
    }
    return found;
  }

  private List<String> in(Path file) throws IOException {
    String text = Files.readString(file);
    if (text.lines().noneMatch(line -> line.startsWith("api") || line.startsWith("include"))) {
      return List.of();
    }
    Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
    List<String> found = new ArrayList<>();
    if (root instanceof Map<?, ?> map) {
      for (Object element : list(map.get("api"))) {
        if (element instanceof Map<?, ?> entry
            && entry.get("listen") instanceof String listen
            && entry.get("tls") == null) {
          found.add(listen);
        }
      }
      for (Object glob : list(map.get("include"))) {
        if (glob instanceof String pattern) {
          include(file.resolveSibling(pattern));
        }
      }
    }
    return found;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private void include(Path glob) throws IOException {
    Path folder = glob.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> matching =
        Files.newDirectoryStream(folder, String.valueOf(glob.getFileName()))) {
      matching.forEach(files::add);
    }
    files.stream().sorted().forEach(ahead::add);
  }
}
