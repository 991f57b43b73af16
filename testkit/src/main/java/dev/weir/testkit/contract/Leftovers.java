package dev.weir.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What could be left behind in this process: platform threads, and open sockets, pipes and watches.
 *
 * @param threads names with ids, without those that the JDK, or Netty, starts once and keeps
 * @param handles what the kernel calls them, sorted
 */
record Leftovers(Set<String> threads, List<String> handles) {

  private static final Path HANDLES = Path.of("/proc/self/fd");

  static Leftovers now() {
    return new Leftovers(currentThreads(), currentHandles());
  }

  /**
   * Waits until nothing is there that was not there when this was taken.
   *
   * @throws AssertionError with what is left
   */
  void awaitSame(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Leftovers more = now().without(this);
      if (more.threads.isEmpty() && more.handles.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("left behind: " + more);
      }
      Thread.onSpinWait();
    }
  }

  private Leftovers without(Leftovers known) {
    Set<String> moreThreads = new TreeSet<>(threads);
    moreThreads.removeAll(known.threads);
    List<String> moreHandles = new ArrayList<>(handles);
    known.handles.forEach(moreHandles::remove);
    return new Leftovers(moreThreads, moreHandles);
  }

  private static Set<String> currentThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !isKept(thread.getName()))
        .map(thread -> thread.getName() + "#" + thread.threadId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isKept(String name) {
    return name.startsWith("ForkJoinPool")
        || name.startsWith("VirtualThread-unblocker")
        || name.contains("-Poller")
        || name.startsWith("process reaper")
        || name.startsWith("Cleaner-")
        || name.startsWith("globalEventExecutor") // Netty's, ends by itself after an idle second
        || name.startsWith("Common-Cleaner");
  }

  private static List<String> currentHandles() {
    List<String> found = new ArrayList<>();
    if (!Files.isDirectory(HANDLES)) {
      return found;
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(HANDLES)) {
      for (Path link : links) {
        String target = target(link);
        if (!target.startsWith("/")) {
          found.add(target.startsWith("socket:") ? "socket" : target.replaceAll("[0-9]", ""));
        }
      }
    } catch (DirectoryIteratorException | IOException unreadable) {
      throw new UncheckedIOException(new IOException("cannot list " + HANDLES, unreadable));
    }
    Collections.sort(found);
    return found;
  }

  /** The link's target; a handle that was closed meanwhile counts as a plain file. */
  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "/";
    }
  }
}
