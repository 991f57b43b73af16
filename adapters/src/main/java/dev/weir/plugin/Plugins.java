package dev.weir.plugin;

import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The plug-ins of an installation: folders with jars, one folder for each, in a common one. A
 * plug-in is loaded when it is first needed, by a class loader of its own, so that its libraries
 * meet no others; it stays loaded. Safe for any thread.
 */
public final class Plugins {

  /** The system property that says where the folders are; the launchers set it. */
  public static final String HOME = "weir.plugins";

  /** Those of this installation. */
  public static final Plugins INSTALLED =
      new Plugins(Optional.ofNullable(System.getProperty(HOME)).map(Path::of));

  private final Optional<Path> home;

  /** What was loaded, by plug-in and service; guarded by this. */
  private final Map<Wanted, Object> loaded = new HashMap<>();

  private record Wanted(String plugin, Class<?> service) {}

  /**
   * @param home the common folder; absent where nobody said where it is
   */
  public Plugins(Optional<Path> home) {
    this.home = home;
  }

  /**
   * What a plug-in brings.
   *
   * @param plugin the name of its folder
   * @param service what it implements, named in its {@code META-INF/services}
   * @throws RefusedException when it is not installed or does not fit, with what to do
   * @throws IOException when its folder cannot be read
   */
  public synchronized <S> S load(String plugin, Class<S> service) throws IOException {
    Wanted wanted = new Wanted(plugin, service);
    Object known = loaded.get(wanted);
    if (known == null) {
      known = provider(wanted, jars(plugin));
      loaded.put(wanted, known);
    }
    return service.cast(known);
  }

  private List<URL> jars(String plugin) throws IOException {
    if (home.isEmpty()) {
      throw new RefusedException(
          "plug-in %s: nobody says where plug-ins are (expected: -D%s=FOLDER, as ./weir has it)"
              .formatted(plugin, HOME));
    }
    Path folder = home.get().resolve(plugin);
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : found) {
          jars.add(jar.toUri().toURL());
        }
      }
    }
    if (jars.isEmpty()) {
      throw new RefusedException(
          "plug-in %s is not installed: no jars in %s (in a checkout: mvn -DskipTests package)"
              .formatted(plugin, folder));
    }
    return jars;
  }

  /**
   * The loader stays open as long as the process lives: classes are taken from it at any time. One
   * that brings nothing is closed.
   */
  private static Object provider(Wanted wanted, List<URL> jars) throws IOException {
    URLClassLoader loader =
        new URLClassLoader(
            "plug-in " + wanted.plugin(),
            jars.toArray(URL[]::new),
            wanted.service().getClassLoader());
    try {
      return provider(wanted, loader);
    } catch (IOException | RuntimeException | Error unfit) {
      loader.close();
      throw unfit;
    }
  }

  private static Object provider(Wanted wanted, URLClassLoader loader) throws RefusedException {
    try {
      return ServiceLoader.load(wanted.service(), loader)
          .findFirst()
          .orElseThrow(() ->
              new RefusedException(
                  "plug-in %s: none of its %d jars brings a %s (expected: the plug-in of this Weir)"
                      .formatted(
                          wanted.plugin(), loader.getURLs().length, wanted.service().getName())));
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new RefusedException(
          "plug-in %s cannot be loaded: %s (expected: the plug-in of this Weir)"
              .formatted(
                  wanted.plugin(), String.valueOf(broken.getMessage()).replaceAll("\\R", " ")));
    }
  }
}
