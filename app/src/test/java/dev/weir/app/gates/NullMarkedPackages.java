package dev.weir.app.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every package is null-marked by its {@code package-info.java}. A package of tests with the name
 * of a package of the program is marked by that one.
 */
final class NullMarkedPackages {
  private static final List<String> ROOTS = List.of("src/main/java", "src/test/java");
  private static final Pattern MARK = Pattern.compile("(?m)^@NullMarked$");

  private NullMarkedPackages() {}

  /** The packages of a module that hold code and carry no mark. */
  static List<String> unmarked(Path module) throws IOException {
    SortedSet<String> packages = new TreeSet<>();
    SortedSet<String> marked = new TreeSet<>();
    for (String root : ROOTS) {
      for (Path file : sources(module.resolve(root))) {
        String name = module.resolve(root).relativize(file.getParent()).toString();
        packages.add(name);
        if (file.endsWith("package-info.java") && MARK.matcher(Files.readString(file)).find()) {
          marked.add(name);
        }
      }
    }
    packages.removeAll(marked);
    List<String> unmarked = new ArrayList<>();
    packages.forEach(name -> unmarked.add(module.getFileName() + ": " + name.replace('/', '.')));
    return unmarked;
  }

  private static List<Path> sources(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
