package dev.weir.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the HTTP probe asks, and how it judges answers, against the JDK's own server. */
final class HttpProbeTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private record Seen(String line, Map<String, List<String>> headers, InetSocketAddress from) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Answers {@code /status/N} with status N, {@code /chunked} in chunks, all else with 200. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    seen.add(
        new Seen(
            exchange.getRequestMethod() + " " + path,
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRemoteAddress()));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    byte[] body = "all is well: ✓".getBytes(StandardCharsets.UTF_8);
    if (path.startsWith("/status/")) {
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
      exchange.sendResponseHeaders(Integer.parseInt(path.substring(8)), -1);
    } else if (path.equals("/big")) {
      exchange.sendResponseHeaders(200, 50_000_000);
      writeWhileRead(exchange);
    } else {
      exchange.sendResponseHeaders(200, head ? -1 : path.equals("/chunked") ? 0 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
    exchange.close();
  }

  private static void writeWhileRead(HttpExchange exchange) {
    try {
      for (int part = 0; part < 50; part++) {
        exchange.getResponseBody().write(new byte[1_000_000]);
      }
    } catch (IOException closed) {
      // The probe has read enough.
    }
  }

  private Endpoint target() {
    return (Endpoint) Address.of("127.0.0.1", server.getAddress().getPort());
  }

  private ProbeResult look(HttpOptions options) throws Exception {
    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(target())) {
      return session.look(LONG);
    }
  }

  private static HttpOptions expecting(String path, String status) {
    return Wanted.get(path).status(status).options();
  }

  private static HttpOptions finding(String path, String text) {
    return Wanted.get(path).status("200").body(text).options();
  }

  @Test
  void asks_for_the_path_with_the_members_address_as_host() throws Exception {
    ProbeResult result = look(HttpOptions.get("/healthz?full=1"));

    assertThat(result.kind()).isEqualTo(Kind.OK);
    assertThat(result.detail()).isEqualTo("200 OK");
    assertThat(seen.getFirst().line()).isEqualTo("GET /healthz?full=1");
    assertThat(seen.getFirst().headers())
        .containsEntry("Host", List.of(target().toString()))
        .containsEntry("User-agent", List.of("weir"));
  }

  @Test
  void sends_the_chosen_method_host_and_headers() throws Exception {
    HttpOptions options =
        Wanted.get("/")
            .method("POST")
            .host("www.example.com")
            .headers(Map.of("X-Check", "weir", "user-agent", "probe/1"))
            .reuse(Reuse.CLOSE)
            .options();

    assertThat(look(options).kind()).isEqualTo(Kind.OK);

    assertThat(seen.getFirst().line()).isEqualTo("POST /");
    assertThat(seen.getFirst().headers())
        .containsEntry("Host", List.of("www.example.com"))
        .containsEntry("X-check", List.of("weir"))
        .containsEntry("User-agent", List.of("probe/1"))
        .containsEntry("Content-length", List.of("0"))
        .containsEntry("Connection", List.of("close"));
  }

  @Test
  void connects_to_the_chosen_port() throws Exception {
    HttpOptions options = Wanted.get("/").port(server.getAddress().getPort()).options();
    Endpoint elsewhere = (Endpoint) Address.of("127.0.0.1", FreePorts.one());

    try (Probe.Session session = HttpProbe.open(options, Time.SYSTEM).open(elsewhere)) {
      assertThat(session.look(LONG).kind()).isEqualTo(Kind.OK);
    }
  }

  @Test
  void follows_no_redirect() throws Exception {
    assertThat(look(HttpOptions.get("/status/302")).kind()).isEqualTo(Kind.OK);
    ProbeResult strict = look(expecting("/status/302", "200"));

    assertThat(strict.kind()).isEqualTo(Kind.STATUS);
    assertThat(strict.detail()).isEqualTo("302 Temporary Redirect (expected: 200)");
    assertThat(seen).extracting(Seen::line).containsExactly("GET /status/302", "GET /status/302");
  }

  @Test
  void takes_exactly_the_expected_status_codes() throws Exception {
    assertThat(look(expecting("/status/204", "200,204")).passed()).isTrue();
    assertThat(look(expecting("/status/503", "200-399")).kind()).isEqualTo(Kind.STATUS);
    assertThat(look(expecting("/status/503", "503")).passed()).isTrue();
  }

  @Test
  void finds_text_in_a_body_of_known_length_and_in_chunks() throws Exception {
    assertThat(look(finding("/", "well: ✓")).passed()).isTrue();
    assertThat(look(finding("/chunked", "well: ✓")).passed()).isTrue();
    ProbeResult missing = look(finding("/chunked", "ill"));

    assertThat(missing.kind()).isEqualTo(Kind.BODY);
    assertThat(missing.detail()).contains("'ill'");
  }

  @Test
  void a_huge_body_is_not_read_to_its_end() throws Exception {
    assertThat(look(HttpOptions.get("/big")).passed()).isTrue();
    assertThat(look(finding("/big", "needle")).kind()).isEqualTo(Kind.BODY);
  }

  @Test
  void keeps_the_connection_for_some_looks_and_renews_it() throws Exception {
    try (Probe.Session session =
        HttpProbe.open(HttpOptions.get("/chunked"), Time.SYSTEM).open(target())) {
      for (int look = 0; look < 30; look++) {
        assertThat(session.look(LONG).passed()).isTrue();
      }
    }

    assertThat(seen.stream().map(Seen::from).distinct()).hasSize(3);
  }

  @Test
  void a_head_request_reads_no_body_and_keeps_the_connection() throws Exception {
    HttpOptions head = Wanted.get("/").method("HEAD").options();
    try (Probe.Session session = HttpProbe.open(head, Time.SYSTEM).open(target())) {
      assertThat(session.look(LONG).passed()).isTrue();
      assertThat(session.look(LONG).passed()).isTrue();
    }

    assertThat(seen.stream().map(Seen::from).distinct()).hasSize(1);
  }
}
