package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listeners: who may do what, and what no client can do to others. */
class ApiServerTest {

  private static final Limits SMALL = new Limits(Duration.ofSeconds(2), 10_000, 4096, 20);

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private Served api;

  @BeforeEach
  void serve() throws SetupException {
    api = new Served(weir, folder, SMALL);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void reads_on_both_listeners() throws IOException {
    for (Endpoint endpoint : List.of(api.unix, api.loopback)) {
      RawHttp.Reply reply = RawHttp.send(endpoint, "GET", "/v1/pools");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).startsWith("application/json");
      assertThat(reply.json().objects("items")).hasSize(1);
      assertThat(reply.body()).contains("\"next\":null");
    }
  }

  @Test
  void writes_on_the_unix_socket_in_the_name_of_the_peer() throws IOException {
    RawHttp.Reply reply =
        RawHttp.write(
            api.unix,
            "PATCH",
            "/v1/pools/web/members/web1",
            "{\"state\":\"drain\",\"reason\":\"x\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().number("generation")).hasValue(weir.inputs().generation());
    assertThat(weir.overrides("web").getFirst().attribution().by())
        .isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void refuses_writes_on_loopback_and_says_where_to_write() throws IOException {
    RawHttp.Reply reply =
        RawHttp.write(api.loopback, "PATCH", "/v1/pools/web/members/web1", "{\"state\":\"drain\"}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().text("type")).contains("urn:weir:problem:read-only");
    assertThat(reply.json().text("hint").orElse("")).startsWith("ask through " + api.unix);
    assertThat(weir.overrides("web")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:7780", "127.0.0.1:1", "localhost.evil"})
  void refuses_a_foreign_host(String host) throws IOException {
    for (Endpoint endpoint : List.of(api.unix, api.loopback)) {
      RawHttp.Reply reply = RawHttp.send(endpoint, "GET", "/v1/pools", "Host: " + host);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.json().text("type")).contains("urn:weir:problem:foreign-host");
    }
  }

  @Test
  void takes_the_names_of_the_listener() throws IOException {
    String port = Integer.toString(api.loopback.port());
    assertThat(RawHttp.send(api.loopback, "GET", "/livez", "Host: localhost:" + port).status())
        .isEqualTo(200);
    assertThat(RawHttp.send(api.unix, "GET", "/livez", "Host: localhost").status()).isEqualTo(200);
  }

  @Test
  void answers_http_1_0_without_a_host() throws IOException {
    try (RawHttp http = new RawHttp(api.loopback)) {
      http.write("GET /livez HTTP/1.0\r\n\r\n");
      assertThat(http.reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"http://evil.example,403", "null,403", "https://127.0.0.1:1,403"})
  void refuses_a_foreign_origin(String origin, int status) throws IOException {
    for (Endpoint endpoint : List.of(api.unix, api.loopback)) {
      RawHttp.Reply reply = RawHttp.send(endpoint, "GET", "/v1/pools", "Origin: " + origin);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.json().text("type")).contains("urn:weir:problem:foreign-origin");
    }
  }

  @Test
  void takes_its_own_origin() throws IOException {
    RawHttp.Reply reply =
        RawHttp.send(api.loopback, "GET", "/v1/pools", "Origin: http://" + api.loopback);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void echoes_the_request_id_and_makes_one_where_it_is_missing_or_hostile() throws IOException {
    assertThat(
            RawHttp.send(api.unix, "GET", "/livez", "X-Request-Id: abc-1").header("X-Request-Id"))
        .isEqualTo("abc-1");
    assertThat(RawHttp.send(api.unix, "GET", "/livez").header("X-Request-Id"))
        .matches("[0-9a-f]{16}");
    assertThat(RawHttp.send(api.unix, "GET", "/livez", "X-Request-Id: <b>").header("X-Request-Id"))
        .matches("[0-9a-f]{16}");
  }

  @Test
  void answers_what_is_not_there_as_a_problem() throws IOException {
    RawHttp.Reply missing = RawHttp.send(api.unix, "GET", "/v1/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().text("type")).contains("urn:weir:problem:not-found");
    RawHttp.Reply method = RawHttp.send(api.unix, "DELETE", "/v1/pools");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void refuses_a_body_of_a_hundred_megabytes() throws IOException {
    RawHttp.Reply announced =
        RawHttp.send(
            api.unix,
            "POST",
            "/v1/pools/web/members",
            "Content-Type: application/json",
            "Content-Length: 104857600");
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.json().text("type")).contains("urn:weir:problem:too-large");
  }

  @Test
  void refuses_a_large_body_of_unknown_length() throws IOException {
    List<String> head =
        List.of(
            "POST /v1/pools/web/members HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked");
    try (RawHttp http = new RawHttp(api.unix)) {
      http.write(String.join("\r\n", head) + "\r\n\r\n");
      http.write("2fff\r\n" + "x".repeat(0x2fff) + "\r\n0\r\n\r\n");
      assertThat(http.reply().status()).isEqualTo(413);
    }
  }

  @Test
  void refuses_headers_that_are_too_large() throws IOException {
    RawHttp.Reply reply = RawHttp.send(api.unix, "GET", "/livez", "X-Big: " + "x".repeat(5000));
    assertThat(reply.status()).isEqualTo(431);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void refuses_a_write_that_is_not_json() throws IOException {
    RawHttp.Reply form =
        RawHttp.send(
            api.unix,
            "POST",
            "/v1/pools/web/release",
            "",
            new String[] {"Content-Type: application/x-www-form-urlencoded", "Content-Length: 0"});
    assertThat(form.status()).isEqualTo(200);
    RawHttp.Reply broken = RawHttp.write(api.unix, "POST", "/v1/pools/web/release", "{");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().text("detail").orElse("")).contains("line 1, column");
  }

  @Test
  void clients_that_stall_do_not_keep_others_waiting() throws IOException {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RawHttp http = new RawHttp(api.loopback);
      http.write("GET /livez HTTP/1.1\r\nHost: loc");
      slow.add(http);
    }
    assertThat(RawHttp.send(api.loopback, "GET", "/livez").status()).isEqualTo(200);
    for (RawHttp http : slow) {
      http.close();
    }
  }

  @Test
  void more_silent_connections_than_it_may_have_keep_nobody_out() throws IOException {
    List<RawHttp> silent = new ArrayList<>();
    try (RawHttp stream = new RawHttp(api.loopback)) {
      stream.write(
          "GET /v1/events HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
              .formatted(api.loopback));
      String opened = stream.readUntil("retry: 1000");
      assertThat(opened).startsWith("HTTP/1.1 200");
      for (int i = 0; i < SMALL.connections() * 3; i++) {
        RawHttp http = new RawHttp(api.loopback);
        http.write(i % 2 == 0 ? "" : "GET /livez HTTP/1.1\r\nHost: loc");
        silent.add(http);
        assertThat(RawHttp.send(api.loopback, "GET", "/livez").status()).isEqualTo(200);
      }
      weir.happened(EventKind.POOL_EMPTY, Event.Subject.WEIR, "still followed");
      assertThat(stream.readUntil("still followed")).contains("pool.empty");
    } finally {
      for (RawHttp http : silent) {
        http.close();
      }
    }
  }

  @Test
  void a_stalled_connection_is_closed() throws IOException {
    try (RawHttp http = new RawHttp(api.loopback)) {
      http.write("GET /livez HTTP/1.1\r\nHost: loc");
      assertThatThrownBy(() -> http.readUntil("never")).hasMessageContaining("ended");
    }
  }

  @Test
  void the_socket_is_for_its_owner_and_group() throws IOException {
    Path socket = Path.of(api.unix.path());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
    Path run = folder.resolve("run");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void a_socket_left_behind_is_replaced_and_one_that_answers_is_not() throws Exception {
    Path stale = folder.resolve("stale.sock");
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ServerSocketChannel ignored = left.bind(UnixDomainSocketAddress.of(stale));
    }
    Endpoint.UnixSocket endpoint = new Endpoint.UnixSocket(stale.toString());
    Routes routes = new Routes(weir, weir, new Meters());
    ApiServer first = ApiServer.open(List.of(Offer.plain(endpoint)), routes, SMALL);
    assertThat(RawHttp.send(endpoint, "GET", "/livez").status()).isEqualTo(200);
    assertThatThrownBy(() -> ApiServer.open(List.of(Offer.plain(endpoint)), routes, SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("somebody answers at " + stale);
    assertThat(RawHttp.send(endpoint, "GET", "/livez").status()).isEqualTo(200);
    first.close();
    assertThat(stale).doesNotExist();
  }

  @Test
  void a_file_that_is_no_socket_is_left_alone() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "text");
    Endpoint.UnixSocket endpoint = new Endpoint.UnixSocket(file.toString());
    assertThatThrownBy(() ->
            ApiServer.open(
                List.of(Offer.plain(endpoint)), new Routes(weir, weir, new Meters()), SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is no socket");
    assertThat(file).hasContent("text");
  }

  @Test
  void a_taken_port_is_said_in_one_line() {
    assertThatThrownBy(() ->
            ApiServer.open(
                List.of(Offer.plain(api.loopback)), new Routes(weir, weir, new Meters()), SMALL))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(api.loopback.toString())
        .hasMessageContaining("in use");
  }

  @Test
  void a_write_that_waits_longer_than_the_idle_time_is_answered() throws IOException {
    weir.proxies().forEach(proxy -> ((SampleProxy) proxy).lag());
    RawHttp.Reply reply =
        RawHttp.write(
            api.unix, "PATCH", "/v1/pools/web/members/web1?wait=3s", "{\"state\":\"maint\"}");

    assertThat(reply.status()).isEqualTo(202);
    JsonObject answer = reply.json();
    assertThat(answer.isTrue("confirmed")).isFalse();
    assertThat(answer.texts("waiting_for")).containsExactly("edge");
  }
}
