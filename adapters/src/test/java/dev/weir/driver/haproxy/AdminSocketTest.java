package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.model.Endpoint;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations with something that may be an HAProxy, and may not. */
class AdminSocketTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private Path path() {
    return folder.resolve("s");
  }

  @Test
  void everyCommandOfALineHasItsOwnAnswer() throws Exception {
    try (FakeCli cli =
            new FakeCli(
                path(), line -> line.equals("prompt") ? "\n> " : "one\n\n> \n> two\nlines\n\n> ");
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThat(socket.ask(List.of("a", "b", "c"))).containsExactly("one", "", "two\nlines");
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsNotWaitedForLong() throws Exception {
    try (FakeCli cli = new FakeCli(path(), line -> line.equals("prompt") ? "\n> " : "half an ans");
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> socket.ask(List.of("show info")))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("no answer within 200 ms");
    }
  }

  @Test
  void aConnectionThatClosesInTheMiddleIsAFailure() throws Exception {
    try (FakeCli cli = new FakeCli(path(), line -> line.equals("prompt") ? "\n> " : null);
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> socket.ask(List.of("show info")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed in the middle");
    }
  }

  @Test
  void moreAnswersThanCommandsAreNotHaproxys() throws Exception {
    try (FakeCli cli =
            new FakeCli(path(), line -> line.equals("prompt") ? "\n> " : "a\n> b\n> c\n> ");
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> socket.ask(List.of("show info")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("3 answers to 1 commands");
    }
  }

  @Test
  void somebodyWhoKnowsNoPromptIsRefused() throws Exception {
    try (FakeCli cli = new FakeCli(path(), line -> "-ERR unknown command\r\n");
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> socket.ask(List.of("show info")))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void somebodyWhoTalksBeforeThePromptIsRefused() throws Exception {
    try (FakeCli cli = new FakeCli(path(), line -> "220 hello\n> ");
        AdminSocket socket = AdminSocket.open(new Endpoint.UnixSocket(path().toString()), SHORT)) {
      assertThat(cli).isNotNull();
      assertThatThrownBy(() -> socket.ask(List.of("show info")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no prompt");
    }
  }

  /** Its backlog is full: the kernel drops what asks for a connection, and nobody says no. */
  @Test
  @Timeout(10)
  void somebodyWhoAcceptsNobodyIsNotWaitedForLong() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      InetSocketAddress at = (InetSocketAddress) server.getLocalAddress();
      for (int i = 0; i < 4; i++) {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(at);
        waiting.add(client);
      }
      Endpoint endpoint = new Endpoint.Ip(at.getAddress(), at.getPort());
      assertThatThrownBy(() -> AdminSocket.open(endpoint, SHORT).close())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("no connection within 200 ms");
    } finally {
      for (SocketChannel client : waiting) {
        client.close();
      }
    }
  }

  @Test
  @Timeout(10)
  void aFullUnixSocketIsAFailureAtOnce() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path()), 1);
      for (int i = 0; i < 2; i++) {
        waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(path())));
      }
      AtomicReference<Throwable> admin = new AtomicReference<>();
      AtomicReference<Throwable> oneShot = new AtomicReference<>();
      Endpoint endpoint = new Endpoint.UnixSocket(path().toString());
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                admin.set(catchThrowable(() -> AdminSocket.open(endpoint, SHORT).close()));
                oneShot.set(catchThrowable(() -> OneShot.ask(path(), "show proc", SHORT)));
              });
      assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
      assertThat(admin.get()).isInstanceOf(IOException.class);
      assertThat(oneShot.get()).isInstanceOf(IOException.class);
    } finally {
      for (SocketChannel client : waiting) {
        client.close();
      }
    }
  }

  @Test
  void anInterruptEndsAConversationAtOnce() throws Exception {
    try (FakeCli cli = new FakeCli(path(), line -> line.equals("prompt") ? "\n> " : "")) {
      assertThat(cli).isNotNull();
      CountDownLatch asking = new CountDownLatch(1);
      AtomicReference<Exception> end = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try (AdminSocket socket =
                    AdminSocket.open(
                        new Endpoint.UnixSocket(path().toString()), Duration.ofMinutes(5))) {
                  asking.countDown();
                  socket.ask(List.of("show info"));
                } catch (IOException | InterruptedException e) {
                  end.set(e);
                }
              });
      asking.await();
      thread.interrupt();
      assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }
}
