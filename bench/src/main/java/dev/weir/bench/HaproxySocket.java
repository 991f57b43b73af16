package dev.weir.bench;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** HAProxy's admin socket as an onlooker uses it: one command per connection. */
final class HaproxySocket {

  private static final int NAME = 3;
  private static final int OP_STATE = 5;
  private static final int ADMIN_STATE = 6;
  private static final int TAKES_NOTHING = 0x01 | 0x02 | 0x08 | 0x10 | 0x20;

  private HaproxySocket() {}

  static String ask(Path socket, String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new String(
          Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** How many servers take new connections. */
  static long ready(Path socket, String backend) throws IOException {
    return serving(socket, backend).size();
  }

  /** The names of the servers that take new connections. */
  static List<String> serving(Path socket, String backend) throws IOException {
    return ask(socket, "show servers state " + backend)
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(f -> f.length > ADMIN_STATE && !f[0].equals("#"))
        .filter(HaproxySocket::serves)
        .map(f -> f[NAME])
        .toList();
  }

  /** The process that answers, as it says itself; empty between two. */
  static String pid(Path socket) {
    try {
      return ask(socket, "show info")
          .lines()
          .filter(line -> line.startsWith("Pid: "))
          .findFirst()
          .orElse("");
    } catch (IOException betweenTwo) {
      return "";
    }
  }

  private static boolean serves(String[] fields) {
    return fields[OP_STATE].equals("2")
        && (Integer.parseInt(fields[ADMIN_STATE]) & TAKES_NOTHING) == 0;
  }

  /** Whether the server is there, running, and neither in maintenance nor draining. */
  static boolean serves(Path socket, String backend, String server) throws IOException {
    return ask(socket, "show servers state " + backend)
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(f -> f.length > ADMIN_STATE && f[NAME].equals(server))
        .anyMatch(HaproxySocket::serves);
  }
}
