package dev.weir.driver.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at running processes through {@code /proc}. */
final class Processes {

  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /** What a process calls itself. */
  sealed interface Title {
    /**
     * It runs.
     *
     * @param text its command line or, where it has set one, its title; never empty
     */
    record Told(String text) implements Title {}

    /** There is no such process, or only what is left of one that has ended. */
    record Gone() implements Title {}

    /**
     * It cannot be told whether it runs, and as what.
     *
     * @param reason for people
     */
    record Untold(String reason) implements Title {}

    /** Whether it is known to begin with this text. */
    default boolean startsWith(String text) {
      return this instanceof Told told && told.text().startsWith(text);
    }
  }

  /** Looks at what a process calls itself. */
  static Title title(long pid) {
    return title(PROC, pid);
  }

  /**
   * The same where processes are seen in another folder than {@code /proc}. Where other users'
   * processes are hidden ({@code hidepid}), those that run look like those that do not: that is so
   * where not even the first process is seen, which always runs.
   */
  static Title title(Path proc, long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("cmdline"));
      String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      return text.isEmpty() ? new Title.Gone() : new Title.Told(text);
    } catch (IOException e) {
      if (Files.exists(process)) {
        return new Title.Untold("%s cannot be looked at (%s)".formatted(process, e));
      }
      return Files.exists(proc.resolve("1"))
          ? new Title.Gone()
          : new Title.Untold(
              "%s is not seen, as no process of another user is in %s".formatted(process, proc));
    }
  }

  static Set<Long> children(long pid) {
    try {
      String text = Files.readString(of(pid).resolve("task").resolve(pid + "/children"));
      return List.of(text.strip().split(" ")).stream()
          .filter(word -> !word.isEmpty())
          .map(Long::valueOf)
          .collect(Collectors.toSet());
    } catch (IOException notTold) {
      return ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::children)
          .map(ProcessHandle::pid)
          .collect(Collectors.toSet());
    }
  }

  /** The number by which a process knows itself: another one in a namespace of its own. */
  static long inner(long pid) {
    try {
      return Files.readString(of(pid).resolve("status"))
          .lines()
          .filter(line -> line.startsWith("NSpid:"))
          .map(line -> Long.valueOf(line.substring(line.lastIndexOf('\t') + 1)))
          .findFirst()
          .orElse(pid);
    } catch (IOException gone) {
      return pid;
    }
  }

  /** Whether a process is known to be in another network than this one. */
  static boolean hasOwnNetwork(long pid) {
    Path network = Path.of("ns", "net");
    try {
      return !Files.readSymbolicLink(of(pid).resolve(network))
          .equals(Files.readSymbolicLink(PROC.resolve("self").resolve(network)));
    } catch (IOException notTold) {
      return false;
    }
  }

  static Optional<Long> parent(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid);
  }

  /** The regular files that the process holds open; empty where that is not told to this user. */
  static List<Path> openFiles(long pid) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(of(pid).resolve("fd"))) {
      for (Path link : links) {
        Path file = seen(pid, Files.readSymbolicLink(link));
        if (file.isAbsolute() && Files.isRegularFile(file) && !files.contains(file)) {
          files.add(file);
        }
      }
    } catch (IOException notTold) {
      return List.copyOf(files);
    }
    return List.copyOf(files);
  }

  /** A file that a process names, by a name that is good here. */
  private static Path seen(long pid, Path file) throws IOException {
    Path mounts = Path.of("ns", "mnt");
    boolean same =
        Files.readSymbolicLink(of(pid).resolve(mounts))
            .equals(Files.readSymbolicLink(PROC.resolve("self").resolve(mounts)));
    return same || !file.isAbsolute() ? file : Path.of(of(pid) + "/root" + file);
  }

  private static Path of(long pid) {
    return PROC.resolve(Long.toString(pid));
  }
}
