package dev.weir.net;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Endpoint;
import dev.weir.testkit.real.FreePorts;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What counts as a connection. */
final class WireTest {

  /**
   * A check of a dead member on this machine would pass now and then: whenever the kernel chooses
   * the member's own port for the outgoing connection.
   */
  @Test
  void a_connection_with_itself_is_none() throws Exception {
    InetSocketAddress itself =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one());
    try (SocketChannel channel = SocketChannel.open()) {
      channel.bind(itself);
      channel.connect(itself);

      assertThatThrownBy(() -> Wire.refuseItself(channel)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_connection_with_somebody_else_is_one() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Deadline deadline = Deadline.after(Duration.ofSeconds(20))) {
      Endpoint target = new Endpoint.Ip(server.getInetAddress(), server.getLocalPort());

      assertThatCode(() -> Wire.connect(target, deadline).close()).doesNotThrowAnyException();
    }
  }
}
