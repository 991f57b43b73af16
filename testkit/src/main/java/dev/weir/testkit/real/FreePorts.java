package dev.weir.testkit.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Loopback ports that nobody listens on. They are taken from below the range from which the kernel
 * picks the ports of outgoing connections (32768 and up on Linux), so that no client can take one
 * before the server under test does, and none is handed out twice in one JVM. Each JVM starts at
 * another place.
 */
public final class FreePorts {
  private static final int FIRST = 10_240;
  private static final int SIZE = 20_000;

  /** The next candidate, counted from {@link #FIRST}; guarded by the class. */
  private static int next = Math.floorMod((int) ProcessHandle.current().pid() * 487, SIZE);

  private FreePorts() {}

  /** One free port. */
  public static int one() {
    return take(1).getFirst();
  }

  /** So many free ports, all different. */
  public static synchronized List<Integer> take(int count) {
    List<Integer> ports = new ArrayList<>(count);
    for (int tried = 0; tried < SIZE && ports.size() < count; tried++) {
      int port = FIRST + next;
      next = (next + 1) % SIZE;
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException(
          "free ports: "
              + ports.size()
              + " (expected: "
              + count
              + " between "
              + FIRST
              + " and "
              + (FIRST + SIZE - 1)
              + "); stop what listens there");
    }
    return List.copyOf(ports);
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
