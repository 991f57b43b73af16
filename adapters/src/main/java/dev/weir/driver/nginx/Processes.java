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

  /** The command line or, where the process has set one, its title; absent when it is gone. */
  static Optional<String> title(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(of(pid).resolve("cmdline"));
      String text = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException gone) {
      return Optional.empty();
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
