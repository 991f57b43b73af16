package dev.weir.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers problems, so that all are told at once. What is wrong in a default or a profile is told
 * once, not for every pool that starts from it.
 */
final class Problems {

  private record Once(Place place, String text) {}

  private final List<Path> files = new ArrayList<>();
  private final Map<Once, Problem> found = new LinkedHashMap<>();

  /** A file is about to be read. */
  void reading(Path file) {
    files.add(file);
  }

  void add(Place place, String path, String text) {
    found.putIfAbsent(new Once(place, text), new Problem(place, path, text));
  }

  boolean none() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** In the order in which files were read, then by line and column. */
  List<Problem> sorted() {
    Comparator<Problem> order =
        Comparator.comparingInt((Problem p) -> files.indexOf(p.place().file()))
            .thenComparingInt(p -> p.place().line())
            .thenComparingInt(p -> p.place().column());
    return found.values().stream().sorted(order).toList();
  }
}
