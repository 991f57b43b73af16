package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.SelfSigned;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken down of a look, for people: all that is said, and nothing that is secret. */
class TranscriptTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Optional<HttpServer> server = Optional.empty();
  private final List<String> lines = new ArrayList<>();

  @AfterEach
  void stop() {
    server.ifPresent(it -> it.stop(0));
  }

  private Endpoint serve(HttpServer made, String body) {
    server = Optional.of(made);
    var _ =
        made.createContext(
            "/",
            exchange -> {
              byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
              exchange.getResponseHeaders().set("X-Node", "web1");
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            });
    made.start();
    return (Endpoint) Address.of("127.0.0.1", made.getAddress().getPort());
  }

  private ProbeResult look(HttpOptions options, Endpoint at) throws Exception {
    try (Probe.Session session =
        HttpProbe.open(options, Time.SYSTEM)
            .open(at, (voice, text) -> lines.add(voice.name().charAt(0) + " " + text))) {
      return session.look(LONG);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @Test
  void request_and_answer_are_there_and_values_of_headers_are_not() throws Exception {
    Endpoint at = serve(HttpServer.create(anyPort(), 0), "all is well\nand no end of line");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer hidden-1");
    headers.put("X-Key", "hidden-2");

    ProbeResult result = look(Wanted.get("/healthz").headers(headers).body("well").options(), at);

    assertThat(result.passed()).as(result.toString()).isTrue();
    assertThat(lines)
        .startsWith(
            "N connects to " + at,
            "N is connected",
            "S GET /healthz HTTP/1.1",
            "S Host: " + at,
            "S User-Agent: weir",
            "S Accept: */*",
            "S Authorization: ***",
            "S X-Key: ***",
            "S ",
            "R HTTP/1.1 200 OK")
        .contains("R X-node: web1")
        .endsWith("R ", "R all is well", "R and no end of line");
    assertThat(String.join("\n", lines)).doesNotContain("hidden");
  }

  @Test
  void tls_tells_what_was_agreed_and_shown() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder, "ip:127.0.0.1");
    HttpsServer https = HttpsServer.create(anyPort(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    Endpoint at = serve(https, "");
    Tls any = new Tls(Optional.empty(), Optional.empty(), Trust.ANY);

    assertThat(look(Wanted.get("/").tls(Optional.of(any)).options(), at).passed()).isTrue();

    assertThat(lines.get(2)).matches("N speaks TLSv1\\.3 with TLS_[A-Z0-9_]+");
    assertThat(lines.get(3))
        .matches("N is shown the certificate of CN=weir-test, until 20[0-9]{2}-.*Z");
  }

  @Test
  void only_the_beginning_of_a_long_answer_is_shown() throws Exception {
    Endpoint at = serve(HttpServer.create(anyPort(), 0), "x".repeat(100).concat("\n").repeat(500));

    assertThat(look(Wanted.get("/").body("nowhere").options(), at).passed()).isFalse();

    assertThat(lines).contains("N hears more, which is not shown").hasSizeLessThan(60);
  }

  @Test
  void nobody_there_is_told_up_to_where_it_came() throws Exception {
    Endpoint at = (Endpoint) Address.of("127.0.0.1", FreePorts.one());

    assertThat(look(HttpOptions.get("/"), at).kind()).isEqualTo(ProbeResult.Kind.REFUSED);

    assertThat(lines).containsExactly("N connects to " + at);
  }
}
