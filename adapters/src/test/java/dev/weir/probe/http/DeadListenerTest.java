package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real server that ends its listener and goes on serving the connections it has: HAProxy after
 * {@code shutdown frontend}. It answered every look on a kept connection, and was noticed only when
 * that was renewed, up to nine looks later.
 */
@RequiresServer(Server.HAPROXY)
final class DeadListenerTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final int port = FreePorts.one();
  private Started server;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        folder.resolve("haproxy.cfg"),
        """
        global
          stats socket %s/admin.sock level admin
        defaults
          mode http
          timeout client 60s
          timeout http-keep-alive 60s
        frontend edge
          bind 127.0.0.1:%d
          http-request return status 200
        """
            .formatted(folder, port));
    server =
        Started.start(
                "haproxy",
                folder,
                List.of(Server.HAPROXY.path().toString(), "-db", "-f", folder + "/haproxy.cfg"))
            .awaitPort(port, LONG);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Reuse.class)
  void is_refused_at_the_next_look(Reuse reuse) throws Exception {
    HttpOptions options = Wanted.get("/").reuse(reuse).options();
    Endpoint target = (Endpoint) Address.of("127.0.0.1", port);
    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(target)) {
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.OK);
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.OK);

      tell("shutdown frontend edge");

      assertThat(session.look(LONG).kind()).isEqualTo(Kind.REFUSED);
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.REFUSED);
    }
  }

  /** Returns when it is done: HAProxy closes the connection after its answer. */
  private void tell(String command) throws IOException {
    UnixDomainSocketAddress admin = UnixDomainSocketAddress.of(folder.resolve("admin.sock"));
    try (SocketChannel socket = SocketChannel.open(admin)) {
      socket.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(4096);
      while (socket.read(answer) >= 0) {
        answer.clear();
      }
    }
  }
}
