package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.app.api.ApiServer;
import dev.weir.app.api.Limits;
import dev.weir.app.api.Meters;
import dev.weir.app.api.Offer;
import dev.weir.app.api.Routes;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.app.json.Json;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.net.ServerTlsFiles;
import dev.weir.net.TlsFiles;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a Weir on another machine: TLS, and who may do what there. */
class TlsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private static Path keys;

  private static SelfSigned first;
  private static SelfSigned second;
  private static SelfSigned operator;
  private static SelfSigned stranger;
  private static Path clients;

  @TempDir private Path folder;

  private final SampleWeir weir = Samples.web();
  private final Endpoint.Ip everywhere = new Endpoint.Ip(any(), FreePorts.one());
  private ApiServer server;
  private String https = "";

  @BeforeAll
  static void make() throws Exception {
    first = SelfSigned.create(keys, "ip:127.0.0.1", "dns:weir.test");
    second = SelfSigned.create(keys, "ip:127.0.0.1");
    operator = SelfSigned.ofSubject(keys, "CN=ci,O=Example");
    stranger = SelfSigned.ofSubject(keys, "CN=nobody,O=Example");
    clients = keys.resolve("clients.pem");
    Files.writeString(clients, Files.readString(operator.pem()) + Files.readString(stranger.pem()));
  }

  @BeforeEach
  void serve() throws IOException, SetupException {
    show(first.pem(), first.keyPem());
    server = open(everywhere);
    https = "https://127.0.0.1:" + everywhere.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static InetAddress any() {
    return InetAddress.ofLiteral("0.0.0.0");
  }

  private ServerTlsFiles files() {
    return new ServerTlsFiles(
        folder.resolve("cert.pem"), folder.resolve("key.pem"), Optional.of(clients));
  }

  private ApiServer open(Endpoint.Ip endpoint) throws SetupException {
    Map<X500Principal, Role> roles =
        Map.of(
            new X500Principal("O=Example, CN=other"),
            Role.ADMIN,
            new X500Principal("CN=ci, O=Example"),
            Role.OPERATOR);
    Offer offer = new Offer(endpoint, Optional.of(new Offer.Tls(files(), roles)));
    return ApiServer.open(List.of(offer), new Routes(weir, weir, new Meters()), Limits.DEFAULT);
  }

  /** The server's files become these, each at once. */
  private void show(Path cert, Path key) throws IOException {
    replace(cert, "cert.pem");
    replace(key, "key.pem");
  }

  private void replace(Path source, String name) throws IOException {
    Path fresh = Files.copy(source, folder.resolve(name + ".new"));
    Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Ended weir(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", https));
    return Cockpit.execute(folder, Terminal.NONE, environment, all.toArray(String[]::new));
  }

  private static Map<String, String> trusting(SelfSigned server) {
    return Map.of("WEIR_CA", server.pem().toString());
  }

  private static Map<String, String> as(SelfSigned client) {
    Map<String, String> environment = new HashMap<>(trusting(first));
    environment.put("WEIR_CERT", client.pem().toString());
    environment.put("WEIR_KEY", client.keyPem().toString());
    return environment;
  }

  @Test
  void who_shows_nothing_is_refused_whatever_is_asked() {
    for (String command : List.of("pools", "status", "events --no-follow", "token list")) {
      Ended ended = weir(trusting(first), command.split(" "));
      assertThat(ended.code()).as(command).isEqualTo(4);
      assertThat(ended.err()).contains("has no role here").contains("for weir WEIR_TOKEN");
    }
  }

  @Test
  void a_token_says_who_asks() throws Exception {
    Map<String, String> environment = new HashMap<>(trusting(first));
    environment.put("WEIR_TOKEN", Samples.token(weir, "ci", Role.VIEWER));
    assertThat(weir(environment, "pools").out()).contains("web ");
    assertThat(weir(environment, "drain", "web", "web1").code()).isEqualTo(4);
    environment.put("WEIR_TOKEN", "weir_wrong");
    assertThat(weir(environment, "pools").err()).contains("the token is none of this Weir's");
  }

  @Test
  void a_certificate_has_the_role_of_its_subject_and_is_journalled_as_it() {
    assertThat(weir(as(operator), "drain", "web", "web1").code()).isZero();
    assertThat(weir.overrides("web").getFirst().attribution().by()).isEqualTo("CN=ci,O=Example");
    assertThat(weir(as(operator), "token", "list").code()).isEqualTo(4);
  }

  @Test
  void a_certificate_whose_subject_has_no_role_is_nobodys() {
    Ended ended = weir(as(stranger), "pools");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("CN=nobody,O=Example", "has no role here");
  }

  @Test
  void a_certificate_that_nobody_vouches_for_says_nothing() {
    Ended ended = weir(as(second), "pools");
    assertThat(ended.code()).as(ended.out()).isEqualTo(4);
    assertThat(ended.err()).contains("whoever shows nothing has no role here");
  }

  @Test
  void a_server_that_is_not_trusted_gets_no_token() {
    Map<String, String> environment = new HashMap<>(trusting(second));
    environment.put("WEIR_TOKEN", "weir_secret");
    Ended ended = weir(environment, "pools");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("--ca names the certificates to trust");
  }

  @Test
  void files_that_are_none_are_named() {
    Ended ended = weir(Map.of(), "pools", "--ca", "nothing.pem");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("nothing.pem: cannot be read");
    Ended alone = weir(Map.of(), "pools", "--cert", "mine.pem");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("cert and key together");
  }

  @Test
  void who_speaks_in_the_clear_is_not_answered() {
    String clear = "127.0.0.1:" + everywhere.port();
    Ended ended = Cockpit.execute(folder, Terminal.NONE, Map.of(), "pools", "--server", clear);
    assertThat(ended.code()).isEqualTo(6);
  }

  @Test
  void a_changed_certificate_is_taken_without_a_restart_once_its_key_is_there() throws Exception {
    assertThat(weir(trusting(second), "pools").code()).isEqualTo(6);
    replace(second.pem(), "cert.pem");
    assertThat(weir(trusting(first), "pools").code()).isEqualTo(4);
    replace(second.keyPem(), "key.pem");
    await().atMost(LONG).until(() -> weir(trusting(second), "pools").code() == 4);
    assertThat(weir(trusting(first), "pools").code()).isEqualTo(6);
  }

  @Test
  void a_key_of_another_certificate_keeps_it_from_starting() throws IOException {
    show(first.pem(), second.keyPem());
    assertThatThrownBy(() -> open(new Endpoint.Ip(any(), FreePorts.one())))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("key.pem: a key of another certificate")
        .hasMessageContaining("api: 0.0.0.0:");
  }

  @Test
  void on_loopback_tls_is_read_by_everybody() throws Exception {
    Endpoint.Ip local = new Endpoint.Ip(InetAddress.ofLiteral("127.0.0.1"), FreePorts.one());
    try (ApiServer _ = open(local)) {
      https = "https://" + local;
      assertThat(weir(trusting(first), "pools").code()).isZero();
      assertThat(weir(trusting(first), "drain", "web", "web1").code()).isEqualTo(4);
    }
  }

  @Test
  void hosts_that_the_certificate_is_not_for_are_refused() throws Exception {
    String port = ":" + everywhere.port();
    assertThat(status("weir.test" + port)).isEqualTo(401);
    assertThat(status("10.1.2.3" + port)).isEqualTo(401);
    assertThat(status("evil.example" + port)).isEqualTo(403);
    assertThat(status("weir.test:1")).isEqualTo(403);
    assertThat(status("weir.test" + port, "Origin: https://weir.test" + port)).isEqualTo(401);
    assertThat(status("weir.test" + port, "Origin: http://weir.test" + port)).isEqualTo(403);
  }

  private int status(String host, String... headers) throws Exception {
    Server at =
        new Server(
            Address.parse(everywhere.toString().replace("0.0.0.0", "127.0.0.1")),
            Server.parse(
                    https,
                    new TlsFiles(Optional.of(first.pem()), Optional.empty(), Optional.empty()))
                .tls());
    try (Wire wire = at.connect(LONG)) {
      String more = headers.length == 0 ? "" : headers[0] + "\r\n";
      wire.write(
          "GET /v1/pools HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
              .formatted(host, more)
              .getBytes(StandardCharsets.UTF_8));
      Reply reply = Reply.read(wire);
      assertThat(Json.readObject(reply.text()).number("status")).hasValue(reply.status());
      return reply.status();
    }
  }
}
