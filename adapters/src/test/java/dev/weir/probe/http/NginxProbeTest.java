package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.probe.tcp.TcpOptions;
import dev.weir.probe.tcp.TcpProbe;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.SelfSigned;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTTP probe against a real nginx: plain, TLS and unix socket, over a reload and to its end.
 */
@RequiresServer(Server.NGINX)
final class NginxProbeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String NAME = "www.weir.test";

  @TempDir(factory = ShortTempDir.class)
  static Path certificates;

  private static SelfSigned certificate;

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final int plainPort = FreePorts.one();
  private final int tlsPort = FreePorts.one();
  private Optional<Started> nginx = Optional.empty();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = SelfSigned.create(certificates, "dns:" + NAME);
  }

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 64; }
        http {
          access_log off;
          server {
            listen 127.0.0.1:%d;
            listen 127.0.0.1:%d ssl;
            listen unix:%s/nginx.sock;
            ssl_certificate %s;
            ssl_certificate_key %s;
            location / { return 200 "served for $host$ssl_server_name\\n"; }
            location /gone { return 410; }
          }
        }
        """
            .formatted(plainPort, tlsPort, folder, certificate.pem(), certificate.keyPem()));
    nginx =
        Optional.of(
            Started.start(
                    "nginx",
                    folder,
                    List.of(Server.NGINX.path().toString(), "-p", folder + "/", "-c", "nginx.conf"))
                .awaitPort(tlsPort, LONG));
  }

  @AfterEach
  void stop() {
    nginx.ifPresent(Started::close);
  }

  private static Endpoint on(int port) {
    return (Endpoint) Address.of("127.0.0.1", port);
  }

  private HttpOptions options(Reuse reuse, Optional<Trust> trust) {
    return Wanted.get("/")
        .host(NAME)
        .status("200")
        .body("served for " + NAME + (trust.isPresent() ? NAME : ""))
        .reuse(reuse)
        .tls(trust.map(chosen -> tls(Optional.empty(), chosen)))
        .options();
  }

  private static Tls tls(Optional<String> sni, Trust trust) {
    return new Tls(sni, Optional.of(certificate.pem()), trust);
  }

  private static ProbeResult look(HttpOptions options, Endpoint target) throws Exception {
    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(target)) {
      return session.look(LONG);
    }
  }

  private static void assertPasses(ProbeResult result) {
    assertThat(result.kind()).as(result.detail()).isEqualTo(Kind.OK);
  }

  @Test
  void is_answered_plainly_within_tls_and_on_a_unix_socket() throws Exception {
    Endpoint socket = new Endpoint.UnixSocket(folder + "/nginx.sock");

    assertPasses(look(options(Reuse.KEEP, Optional.empty()), on(plainPort)));
    assertPasses(look(options(Reuse.KEEP, Optional.of(Trust.VERIFY)), on(tlsPort)));
    assertPasses(look(options(Reuse.KEEP, Optional.of(Trust.ANY)), on(tlsPort)));
    assertPasses(look(options(Reuse.KEEP, Optional.empty()), socket));
  }

  @Test
  void a_certificate_for_another_name_is_a_tls_failure_unless_any_will_do() throws Exception {
    HttpOptions other =
        Wanted.get("/")
            .host("other.weir.test")
            .tls(Optional.of(tls(Optional.empty(), Trust.VERIFY)))
            .options();

    ProbeResult result = look(other, on(tlsPort));

    assertThat(result.kind()).isEqualTo(Kind.TLS);
    assertThat(result.detail()).contains("other.weir.test");
  }

  @Test
  void the_name_within_tls_may_differ_from_the_host() throws Exception {
    HttpOptions options =
        Wanted.get("/")
            .host("other.weir.test")
            .body("served for other.weir.test" + NAME)
            .tls(Optional.of(tls(Optional.of(NAME), Trust.VERIFY)))
            .options();

    assertPasses(look(options, on(tlsPort)));
  }

  @Test
  void plain_http_to_the_tls_port_is_a_wrong_status_and_tls_to_the_plain_one_a_tls_failure()
      throws Exception {
    assertThat(look(options(Reuse.KEEP, Optional.empty()), on(tlsPort)).kind())
        .isEqualTo(Kind.STATUS);
    assertThat(look(options(Reuse.KEEP, Optional.of(Trust.ANY)), on(plainPort)).kind())
        .isEqualTo(Kind.TLS);
  }

  @Test
  void a_reload_between_two_looks_is_not_noticed() throws Exception {
    HttpOptions options = options(Reuse.KEEP, Optional.empty());
    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(on(plainPort))) {
      for (int reload = 0; reload < 5; reload++) {
        assertPasses(session.look(LONG));
        long old = worker();
        signal("HUP");
        await().until(() -> ProcessHandle.of(old).isEmpty());
      }
      assertPasses(session.look(LONG));
    }
  }

  @Test
  void a_stopped_server_refuses() throws Exception {
    HttpOptions options = options(Reuse.KEEP, Optional.empty());
    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(on(plainPort))) {
      assertPasses(session.look(LONG));

      nginx.ifPresent(Started::close);

      assertThat(session.look(LONG).kind()).isEqualTo(Kind.REFUSED);
      assertThat(
              new TcpProbe(TcpOptions.DEFAULT, Time.SYSTEM).open(on(plainPort)).look(LONG).kind())
          .isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void leaves_no_half_dead_connections_to_the_kernel() throws Exception {
    HttpOptions options = options(Reuse.CLOSE, Optional.empty());
    for (int look = 0; look < 50; look++) {
      assertPasses(look(options, on(plainPort)));
      new TcpProbe(TcpOptions.DEFAULT, Time.SYSTEM).open(on(plainPort)).look(LONG);
    }

    assertThat(timeWaits(plainPort)).isZero();
  }

  private long worker() {
    return nginx.stream()
        .flatMap(started -> ProcessHandle.of(started.pid()).stream())
        .flatMap(ProcessHandle::children)
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private void signal(String name) throws Exception {
    String pid = Long.toString(nginx.orElseThrow().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** Connections of this port that the kernel keeps for a while after an ordinary end. */
  private static long timeWaits(int port) throws IOException {
    String hexPort = ":%04X".formatted(port);
    try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns.length > 3 && columns[3].equals("06"))
          .filter(columns -> columns[1].endsWith(hexPort) || columns[2].endsWith(hexPort))
          .count();
    }
  }
}
