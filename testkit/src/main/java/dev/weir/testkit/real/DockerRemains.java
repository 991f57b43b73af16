package dev.weir.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Docker Engine leaves behind when it ends in a way that it should not: processes that name
 * its folder in their command line, with their children, mounts in its folder, and its bridge.
 */
final class DockerRemains {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  private static final Path INTERFACES = Path.of("/sys/class/net");

  private DockerRemains() {}

  /**
   * Ends, unmounts and deletes them.
   *
   * @param bridge its name; empty for none
   */
  static void remove(Path directory, String bridge) {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses().filter(process -> names(process, directory)).toList();
    left.stream()
        .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    try {
      for (String mount : mounts(directory)) {
        run("umount", "-l", mount);
      }
      if (!bridge.isEmpty() && Files.exists(INTERFACES.resolve(bridge))) {
        run("ip", "link", "delete", bridge);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    process.onExit().join();
  }

  private static boolean names(ProcessHandle process, Path directory) {
    return process.info().commandLine().map(line -> line.contains(directory + "/")).orElse(false);
  }

  /** The innermost first. */
  private static List<String> mounts(Path directory) throws IOException {
    try (Stream<String> lines = Files.lines(MOUNTS)) {
      return lines
          .map(line -> line.split(" ")[1])
          .filter(mount -> mount.startsWith(directory + "/"))
          .sorted(Collections.reverseOrder())
          .toList();
    }
  }
}
