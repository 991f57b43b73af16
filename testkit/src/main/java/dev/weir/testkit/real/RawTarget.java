package dev.weir.testkit.real;

import dev.weir.testkit.contract.Behaviour;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One listening socket, or the lack of one, and what becomes of its connections. */
final class RawTarget implements AutoCloseable {

  private final SocketAddress address;
  private final Optional<RawTargets.Security> security;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();

  /** Connections that fill the queue of a target that does not accept. */
  private final List<SocketChannel> fillers = new ArrayList<>();

  private Optional<ServerSocketChannel> listener = Optional.empty();
  private volatile Behaviour behaviour = Behaviour.REFUSES;

  RawTarget(SocketAddress address, Optional<RawTargets.Security> security) {
    this.address = address;
    this.security = security;
  }

  void behave(Behaviour next) throws IOException {
    boolean accepted = listener.isPresent() && behaviour != Behaviour.NOT_ACCEPTING;
    behaviour = next;
    hangUp();
    switch (next) {
      case REFUSES -> stopListening();
      case NOT_ACCEPTING -> {
        stopListening();
        fillQueue(listen(1));
      }
      default -> {
        if (!accepted) {
          stopListening();
          ServerSocketChannel opened = listen(50);
          Thread.ofVirtual().name("raw-target").start(() -> accept(opened));
        }
      }
    }
  }

  private ServerSocketChannel listen(int backlog) throws IOException {
    ProtocolFamily family = StandardProtocolFamily.INET;
    if (address instanceof UnixDomainSocketAddress unix) {
      family = StandardProtocolFamily.UNIX;
      Files.deleteIfExists(unix.getPath());
    }
    ServerSocketChannel opened = ServerSocketChannel.open(family);
    if (family == StandardProtocolFamily.INET) {
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }
    opened.bind(address, backlog);
    listener = Optional.of(opened);
    return opened;
  }

  /** The kernel takes a few connections beyond the backlog and then drops what asks for more. */
  private void fillQueue(ServerSocketChannel full) throws IOException {
    for (int filler = 0; filler < 4; filler++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(full.getLocalAddress());
      fillers.add(channel);
    }
  }

  private void accept(ServerSocketChannel from) {
    while (from.isOpen()) {
      try {
        SocketChannel connection = from.accept();
        connections.add(connection);
        taken.incrementAndGet();
        Thread.ofVirtual().name("raw-connection").start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      new RawConversation(connection, security, sent).hold(behaviour);
    } catch (IOException ended) {
      // The peer ended it: what these targets are for.
    } finally {
      connections.remove(connection);
    }
  }

  void hangUp() {
    connections.forEach(RawTarget::closeQuietly);
  }

  private void stopListening() {
    fillers.forEach(RawTarget::closeQuietly);
    fillers.clear();
    listener.ifPresent(RawTarget::closeQuietly);
    listener = Optional.empty();
  }

  int open() {
    return connections.size();
  }

  int taken() {
    return taken.get();
  }

  long sent() {
    return sent.get();
  }

  @Override
  public void close() {
    stopListening();
    hangUp();
  }

  private static void closeQuietly(java.nio.channels.Channel channel) {
    try {
      channel.close();
    } catch (IOException ended) {
      // Nothing more can be done for it.
    }
  }
}
