package dev.weir.publish;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where files that lie here are seen from inside a container.
 *
 * @param there what a folder or file is called there, by what it is called here; absolute
 */
public record SharedPaths(Map<Path, Path> there) {

  /** Everything has one name. */
  public static final SharedPaths SAME = new SharedPaths(Map.of());

  public SharedPaths {
    there = Map.copyOf(there);
    there.forEach((one, other) -> {
      if (!one.isAbsolute() || !other.isAbsolute()) {
        throw new IllegalArgumentException(
            "%s: %s (expected: two absolute paths)".formatted(one, other));
      }
    });
  }

  /** What a path of here is called there; the same where it is not shared. */
  public Path there(Path here) {
    return longest(here, there).orElse(here);
  }

  /** What a path of there is called here; the same where it is not shared. */
  public Path here(Path path) {
    Map<Path, Path> back = new HashMap<>();
    there.forEach((one, other) -> back.put(other, one));
    return longest(path, back).orElse(path);
  }

  private static Optional<Path> longest(Path path, Map<Path, Path> names) {
    return names.entrySet().stream()
        .filter(name -> path.startsWith(name.getKey()))
        .max(Comparator.comparingInt(name -> name.getKey().getNameCount()))
        .map(name -> name.getValue().resolve(name.getKey().relativize(path)).normalize());
  }
}
