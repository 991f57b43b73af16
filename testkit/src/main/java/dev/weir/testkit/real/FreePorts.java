package dev.weir.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Loopback ports that nobody listens on. They are taken from below the range from which the kernel
 * picks the ports of outgoing connections (32768 and up on Linux), so that no client can take one
 * before the server under test does. Each JVM has a range of its own, which it holds by a lock on a
 * file until it ends: a port that was handed out here is handed out to no test elsewhere, and comes
 * again here only after all others of the range.
 */
public final class FreePorts {
  private static final int FIRST = 10_240;
  private static final int SIZE = 1_000;
  private static final int RANGES = 20;

  /** The JVM's own range; its lock is held as long as this is reachable, so for ever. */
  private static final Range OWN = claim();

  /** The next candidate, counted from the first port of the range; guarded by the class. */
  private static int next;

  /** Ports of one JVM, and what keeps others out of them. */
  private record Range(int first, FileLock lock) {}

  private FreePorts() {}

  /** One free port. */
  public static int one() {
    return take(1).getFirst();
  }

  /** So many free ports, all different. */
  public static synchronized List<Integer> take(int count) {
    List<Integer> ports = new ArrayList<>(count);
    for (int tried = 0; tried < SIZE && ports.size() < count; tried++) {
      int port = OWN.first() + next;
      next = (next + 1) % SIZE;
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException(
          "free ports: %d (expected: %d between %d and %d); stop what listens there"
              .formatted(ports.size(), count, OWN.first(), OWN.first() + SIZE - 1));
    }
    return List.copyOf(ports);
  }

  private static Range claim() {
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "weir-test-ports-" + System.getProperty("user.name"));
    try {
      Files.createDirectories(folder);
      for (int range = 0; range < RANGES; range++) {
        int first = FIRST + range * SIZE;
        FileChannel file =
            FileChannel.open(
                folder.resolve(Integer.toString(first)),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock != null) {
          return new Range(first, lock);
        }
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock a range of ports in " + folder, e);
    }
    throw new IllegalStateException(
        "all %d ranges of ports are taken (expected: one free in %s); end other test runs"
            .formatted(RANGES, folder));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
