package dev.weir.source.serf;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import dev.weir.net.Questions;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * One connection to an agent. Requests and answers are values of MessagePack without any frame; an
 * answer is told by the number of its request. Used by one thread; an interrupt ends it.
 */
final class SerfConversation implements AutoCloseable {

  private static final int HANDSHAKE = 0;
  private static final int AUTH = 1;
  private static final int STREAM = 2;
  private static final int LIST = 3;
  private static final String EVENTS =
      "member-join,member-leave,member-failed,member-update,member-reap";

  private final Agent agent;
  private final Time time;
  private final Socket socket;
  private final PackedReader reader;
  private final OutputStream out;

  /** Whether a list was asked for and has not come. */
  private boolean listing;

  /** When the list must have come, or the next is due; events do not put it off. */
  private long deadlineNanos;

  private SerfConversation(Agent agent, Socket socket, Time time) throws IOException {
    this.agent = agent;
    this.time = time;
    this.socket = socket;
    this.reader = new PackedReader(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /**
   * Connects and shakes hands.
   *
   * @throws RefusedException when the agent wants another key
   */
  static SerfConversation open(Agent agent, Time time) throws IOException, InterruptedException {
    Socket socket = new Socket();
    try {
      socket.connect(address(agent.address()), (int) agent.patience().answer().toMillis());
      SerfConversation conversation = new SerfConversation(agent, socket, time);
      conversation.greet();
      return conversation;
    } catch (IOException failed) {
      socket.close();
      throw conversationFailed(agent, failed);
    }
  }

  private static InetSocketAddress address(Address address) throws IOException {
    return switch (address) {
      case Endpoint.Ip ip -> new InetSocketAddress(ip.ip(), ip.port());
      case Address.Host host -> new InetSocketAddress(host.name(), host.port());
      case Endpoint.UnixSocket unix ->
          throw new IOException(unix + " (expected: HOST:PORT, an agent has no other RPC)");
    };
  }

  private void greet() throws IOException {
    request("handshake", HANDSHAKE, "Version");
    expect(HANDSHAKE);
    if (agent.authKey().isPresent()) {
      request("auth", AUTH, "AuthKey");
      expect(AUTH);
    }
  }

  /** Asks for events; they come with {@link #next}. */
  void listen() throws IOException, InterruptedException {
    try {
      request("stream", STREAM, "Type");
      expect(STREAM);
    } catch (IOException failed) {
      throw conversationFailed(agent, failed);
    }
  }

  /** Asks for all members; they come with {@link #next}. */
  void list() throws IOException, InterruptedException {
    try {
      request("members", LIST, "");
      listing = true;
      deadlineNanos = time.nanos() + agent.patience().answer().toNanos();
    } catch (IOException failed) {
      throw conversationFailed(agent, failed);
    }
  }

  /** Waits for something to be said. */
  SerfNews next() throws IOException, InterruptedException {
    try {
      long left = deadlineNanos - time.nanos();
      if (left <= 0) {
        return due();
      }
      socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
      if (!reader.more()) {
        throw new IOException("the agent closed the connection");
      }
    } catch (SocketTimeoutException quiet) {
      return due();
    } catch (IOException failed) {
      throw conversationFailed(agent, failed);
    }
    try {
      socket.setSoTimeout((int) agent.patience().answer().toMillis());
      Packed header = reader.read();
      refused(header);
      return header.at("Seq").asNumber() == LIST ? listed() : event();
    } catch (IOException failed) {
      throw conversationFailed(agent, failed);
    }
  }

  private SerfNews due() throws IOException {
    if (listing) {
      throw new IOException(agent + ": no answer");
    }
    return new SerfNews.ListIsDue();
  }

  private SerfNews listed() throws IOException {
    listing = false;
    deadlineNanos = time.nanos() + agent.patience().resync().toNanos();
    return new SerfNews.Listed(nodes(reader.read()));
  }

  private SerfNews event() throws IOException {
    Packed record = reader.read();
    return record.at("Event").asText().equals("member-reap")
        ? new SerfNews.Forgotten(nodes(record))
        : new SerfNews.Changed(nodes(record));
  }

  private static List<SerfNode> nodes(Packed record) throws IOException {
    if (!(record.at("Members") instanceof Packed.Items)) {
      throw new IOException("not what a Serf agent says: no Members");
    }
    List<SerfNode> nodes = new ArrayList<>();
    for (Packed node : record.at("Members").asItems()) {
      nodes.add(SerfNode.of(node));
    }
    return nodes;
  }

  private void expect(int number) throws IOException {
    socket.setSoTimeout((int) agent.patience().answer().toMillis());
    Packed header = reader.read();
    refused(header);
    if (header.at("Seq").asNumber() != number) {
      throw new IOException("not what a Serf agent says: " + Quoted.of(header.toString()));
    }
  }

  private void refused(Packed header) throws IOException {
    if (!(header.at("Error") instanceof Packed.Bytes)) {
      throw new IOException("not what a Serf agent says: an answer without Error");
    }
    String error = header.at("Error").asText();
    if (error.contains("uthentication")) {
      throw new RefusedException(
          "%s: %s (expected: the agent's rpc_auth as auth_key)".formatted(agent, error));
    }
    if (!error.isEmpty()) {
      throw new IOException(Quoted.of(error));
    }
  }

  /**
   * Sends a request.
   *
   * @param key of its body's one entry; empty for a request without a body
   */
  private void request(String command, int number, String key) throws IOException {
    Questions.asked();
    MessagePacker packer = MessagePack.newDefaultPacker(out);
    packer.packMapHeader(2).packString("Command").packString(command);
    packer.packString("Seq").packInt(number);
    if (!key.isEmpty()) {
      packer.packMapHeader(1).packString(key);
    }
    switch (number) {
      case HANDSHAKE -> packer.packInt(1);
      case AUTH -> packer.packString(agent.authKey().orElseThrow().reveal());
      case STREAM -> packer.packString(EVENTS);
      default -> {}
    }
    packer.flush();
    out.flush();
  }

  /** An interrupt closes the socket that is being read. */
  private static IOException conversationFailed(Agent agent, IOException failed)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failed instanceof RefusedException) {
      return failed;
    }
    String reason =
        failed instanceof SocketTimeoutException
            ? "no answer"
            : String.valueOf(failed.getMessage());
    return new IOException(
        reason.startsWith(agent.toString()) ? reason : agent + ": " + reason, failed);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
