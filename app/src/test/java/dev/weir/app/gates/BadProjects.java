package dev.weir.app.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The projects below {@code src/test/gates}, each of which breaks one rule, built once for all
 * tests by a Maven of its own with the build's real parent. Nothing is fetched: the running build
 * has already resolved what they need.
 */
final class BadProjects {
  private static final long LIMIT_SECONDS = 120;

  private static final class Once {
    static final String LOG = build();
  }

  private BadProjects() {}

  /** Everything that Maven has printed. */
  static String log() {
    return Once.LOG;
  }

  /** Asserts that the project failed in this plug-in's goal, and that Maven printed all of this. */
  static void assertFails(String project, String goal, String... saying) {
    assertThat(log())
        .containsPattern(
            "Failed to execute goal \\S+:"
                + Pattern.quote(goal)
                + " \\([^)]*\\) on project "
                + Pattern.quote(project)
                + ":")
        .contains(saying);
  }

  /** Asserts that the project passed every gate. */
  static void assertPasses(String project) {
    assertThat(log()).containsPattern(Pattern.quote(project) + " .*SUCCESS");
  }

  private static String build() {
    Path output = Path.of("target", "gates").toAbsolutePath();
    Path log = output.resolve("maven.log");
    try {
      delete(output);
      Files.createDirectories(output);
      ProcessBuilder maven =
          new ProcessBuilder(
                  List.of(
                      property("weir.gates.maven") + "/bin/mvn",
                      "--batch-mode",
                      "--no-transfer-progress",
                      "--no-snapshot-updates",
                      "--fail-at-end",
                      "--file",
                      Path.of("src", "test", "gates", "pom.xml").toAbsolutePath().toString(),
                      "-Dmaven.repo.local=" + property("weir.gates.repository"),
                      "-Dstyle.color=never",
                      "-Dgates.output=" + output,
                      "verify"))
              .directory(Checkout.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(new File("/dev/null"));
      maven.environment().put("JAVA_HOME", property("java.home"));
      maven.environment().remove("MAVEN_ARGS");
      Process process = maven.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("Maven still runs after " + LIMIT_SECONDS + " s: " + log);
      }
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new IllegalStateException("cannot run Maven: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Maven ran", interrupted);
    }
  }

  /** By hand, since a plain build has no reason to fetch the plug-in that cleans. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "system property " + name + ": absent (expected: set by the build); run mvn verify");
    }
    return value;
  }
}
