package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.Probe;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.SelfSigned;
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
import java.util.Optional;
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
  private final int tlsPort = FreePorts.one();
  private final ManualTime time = new ManualTime();
  private Started server;

  @BeforeEach
  void start() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder, "dns:www.weir.test");
    Files.writeString(
        folder.resolve("both.pem"),
        Files.readString(certificate.pem()) + Files.readString(certificate.keyPem()));
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
          bind 127.0.0.1:%d ssl crt %s/both.pem
          http-request return status 200
        """
            .formatted(folder, port, tlsPort, folder));
    server =
        Started.start(
                "haproxy",
                folder,
                List.of(Server.HAPROXY.path().toString(), "-db", "-f", folder + "/haproxy.cfg"))
            .awaitPort(tlsPort, LONG);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Reuse.class)
  void is_refused_when_the_timeout_has_passed_since_a_new_connection(Reuse reuse) throws Exception {
    assertIsRefused(Wanted.get("/").reuse(reuse).options(), port);
  }

  @ParameterizedTest
  @EnumSource(Reuse.class)
  void is_refused_within_tls_too(Reuse reuse) throws Exception {
    Tls any = new Tls(Optional.empty(), Optional.empty(), Trust.ANY);
    assertIsRefused(Wanted.get("/").reuse(reuse).tls(Optional.of(any)).options(), tlsPort);
  }

  private void assertIsRefused(HttpOptions options, int at) throws Exception {
    Endpoint target = (Endpoint) Address.of("127.0.0.1", at);
    try (Probe.Session session = HttpProbe.open(options, time).open(target)) {
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.OK);
      time.advance(LONG.plusMillis(1));
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.OK);

      tell("shutdown frontend edge");
      time.advance(LONG.plusMillis(1));

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
