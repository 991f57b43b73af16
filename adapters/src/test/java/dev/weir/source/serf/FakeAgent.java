package dev.weir.source.serf;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * A pretended Serf agent: shakes hands, lists its nodes, and tells of those that join and leave.
 * Safe for any thread.
 */
final class FakeAgent implements AutoCloseable {

  private final ServerSocket server;
  private final Optional<String> key;
  private final Map<String, Node> nodes = new LinkedHashMap<>(); // guarded by this
  private final List<Node> early = new ArrayList<>(); // guarded by this
  private final Map<Socket, Long> streams = new ConcurrentHashMap<>();

  /** A node; its address is 10.0.0.x. */
  record Node(String name, int last, String status, Map<String, String> tags) {}

  FakeAgent(Optional<String> key) throws IOException {
    this.key = key;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread ignored = Thread.ofVirtual().name("fake-serf").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Puts a node in place of that of its name, and tells of it. */
  synchronized void put(String event, Node node) throws IOException {
    nodes.put(node.name(), node);
    emit(event, node);
  }

  /** Tells of a node whenever somebody begins to listen, before a list can be asked for. */
  synchronized void tellEarly(Node node) {
    early.add(node);
  }

  /** The same without telling, as an agent does that has too much to tell. */
  synchronized void putSilently(Node node) {
    nodes.put(node.name(), node);
  }

  private void emit(String event, Node node) throws IOException {
    for (Map.Entry<Socket, Long> stream : Map.copyOf(streams).entrySet()) {
      try {
        MessagePacker out = packer(stream.getKey().getOutputStream());
        header(out, stream.getValue(), "");
        out.packMapHeader(2).packString("Event").packString(event).packString("Members");
        out.packArrayHeader(1);
        node(out, node);
        out.flush();
      } catch (IOException gone) {
        streams.remove(stream.getKey());
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread ignored = Thread.ofVirtual().name("fake-serf-connection").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      PackedReader in = new PackedReader(socket.getInputStream());
      boolean known = key.isEmpty();
      while (in.more()) {
        Packed request = in.read();
        long number = request.at("Seq").asNumber();
        String command = request.at("Command").asText();
        boolean open = known || command.equals("handshake") || command.equals("auth");
        Packed body = open && !command.equals("members") ? in.read() : new Packed.Other();
        known |= key.equals(Optional.of(body.at("AuthKey").asText()));
        String error = known || command.equals("handshake") ? "" : refusal(command);
        answer(socket, command, number, error);
      }
    } catch (IOException gone) {
      // the client or a fault closed it
    } finally {
      streams.remove(socket);
    }
  }

  private static String refusal(String command) {
    return command.equals("auth") ? "Invalid authentication token" : "Authentication required";
  }

  private synchronized void answer(Socket socket, String command, long number, String error)
      throws IOException {
    MessagePacker out = packer(socket.getOutputStream());
    header(out, number, error);
    if (error.isEmpty() && command.equals("members")) {
      out.packMapHeader(1).packString("Members").packArrayHeader(nodes.size());
      for (Node node : nodes.values()) {
        node(out, node);
      }
    }
    out.flush();
    if (command.equals("stream")) {
      streams.put(socket, number);
      for (Node node : early) {
        emit("member-update", node);
      }
    }
  }

  private static MessagePacker packer(OutputStream out) {
    return MessagePack.newDefaultPacker(out);
  }

  private static void header(MessagePacker out, long number, String error) throws IOException {
    out.packMapHeader(2).packString("Error").packString(error);
    out.packString("Seq").packLong(number);
  }

  private static void node(MessagePacker out, Node node) throws IOException {
    byte[] address = {10, 0, 0, (byte) node.last()};
    out.packMapHeader(5).packString("Addr").packBinaryHeader(4).writePayload(address);
    out.packString("Name").packString(node.name()).packString("Port").packInt(7946);
    out.packString("Status").packString(node.status());
    out.packString("Tags").packMapHeader(node.tags().size());
    for (Map.Entry<String, String> tag : node.tags().entrySet()) {
      out.packString(tag.getKey()).packString(tag.getValue());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket stream : streams.keySet()) {
      stream.close();
    }
  }
}
