package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How Weir's balancer in a real nginx spreads requests over members. */
@RequiresServer({Server.NGINX, Server.NGINX_LUA})
@Timeout(60)
class BalancerTest {

  private static final Pattern BACKEND = Pattern.compile("(?i)X-Backend: (\\S+)");

  private Edge edge;
  private NginxSurroundings surroundings = NginxSurroundings.NONE;

  @BeforeEach
  void anNginxOfOneWorker() throws IOException {
    edge = new Edge(RealNginx.withLua("web"));
    edge.nginx.workers = 1;
    edge.nginx.configure("");
  }

  @AfterEach
  void endEverything() throws IOException {
    edge.close();
  }

  @Test
  void equal_members_take_turns() throws Exception {
    serve(around("keepalive 8"), edge.with(0, 1, 2));
    assertThat(shares(30)).containsOnly(Map.entry(0, 10L), Map.entry(1, 10L), Map.entry(2, 10L));
  }

  @Test
  void a_weight_is_a_share_of_the_requests() throws Exception {
    serve(
        around("keepalive 8"),
        Wanted.state(
            Wanted.pool(Edge.WEB)
                .ready("b0", edge.backends.endpoint(0), 3)
                .ready("b1", edge.backends.endpoint(1))));
    assertThat(shares(40)).containsOnly(Map.entry(0, 30L), Map.entry(1, 10L));
  }

  @Test
  void a_member_that_refuses_is_passed_over_and_then_left_in_peace() throws Exception {
    Endpoint dead = (Endpoint) Address.parse("127.0.0.1:" + FreePorts.one());
    serve(
        around("keepalive 8"),
        Wanted.state(
            Wanted.pool(Edge.WEB).ready("dead", dead).ready("b0", edge.backends.endpoint(0))));
    assertThat(shares(20)).containsOnly(Map.entry(0, 20L));
  }

  @Test
  void backups_wait_until_no_other_answers() throws Exception {
    Endpoint dead = (Endpoint) Address.parse("127.0.0.1:" + FreePorts.one());
    Wanted pool =
        Wanted.pool(Edge.WEB)
            .ready("b0", edge.backends.endpoint(0))
            .backup("b1", edge.backends.endpoint(1));
    serve(around("keepalive 8"), Wanted.state(pool));
    assertThat(shares(10)).containsOnly(Map.entry(0, 10L));
    change(
        Wanted.state(
            Wanted.pool(Edge.WEB).ready("dead", dead).backup("b1", edge.backends.endpoint(1))));
    assertThat(shares(10)).containsOnly(Map.entry(1, 10L));
  }

  @Test
  void with_least_conn_the_busy_one_waits() throws Exception {
    serve(around("least_conn"), edge.with(0, 1));
    try (Held held = client().hold()) {
      int busy = held.by().equals(edge.backends.endpoint(0)) ? 0 : 1;
      assertThat(shares(10)).containsOnly(Map.entry(1 - busy, 10L));
      edge.backends.release();
      assertThat(held.finish().status()).isEqualTo(200);
    }
    assertThat(shares(10)).containsOnlyKeys(0, 1);
  }

  /** The redirect empties what the request had to itself, the member that it kept busy included. */
  @Test
  void with_least_conn_a_request_that_is_redirected_inside_nginx_ends_as_well() throws Exception {
    edge.nginx.configure(
        """
        server {
          listen unix:%s/app.sock;
          location / { add_header X-Backend 8; return 200; }
          location /broken { error_page 300 /; return 502; } # none of the one around http
        }
        proxy_intercept_errors on;
        error_page 502 = /elsewhere;
        """
            .formatted(edge.nginx.folder));
    serve(
        around("least_conn"),
        Wanted.state(
            Wanted.pool(Edge.WEB)
                .ready("s", (Endpoint) Address.parse("unix:" + edge.nginx.folder + "/app.sock"))
                .ready("b0", edge.backends.endpoint(0))));
    for (int i = 0; i < 20; i++) {
      assertThat(ask("/broken")).isIn("0", "8");
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(ask("/"));
    }
    assertThat(answers).filteredOn("8"::equals).hasSize(10);
  }

  @Test
  void a_key_stays_with_its_member_and_few_move_when_one_comes() throws Exception {
    serve(around("hash $arg_k$request_method consistent"), edge.with(0, 1, 2));
    Map<Integer, String> before = owners();
    assertThat(owners()).isEqualTo(before);
    assertThat(before.values()).contains("0", "1", "2");
    change(edge.with(0, 1, 2, 3));
    Map<Integer, String> after = owners();
    assertThat(after.entrySet())
        .allSatisfy(owner -> assertThat(owner.getValue()).isIn(before.get(owner.getKey()), "3"));
    assertThat(after.values()).contains("3");
  }

  @Test
  void sockets_and_ipv6_are_members_like_others() throws Exception {
    int port = FreePorts.one();
    edge.nginx.configure(
        """
        server { listen unix:%1$s/app.sock; location / { add_header X-Backend 8; return 200; } }
        server { listen [::1]:%2$d; location / { add_header X-Backend 9; return 200; } }
        """
            .formatted(edge.nginx.folder, port));
    serve(
        around("keepalive 8"),
        Wanted.state(
            Wanted.pool(Edge.WEB)
                .ready("s", (Endpoint) Address.parse("unix:" + edge.nginx.folder + "/app.sock"))
                .ready("six", (Endpoint) Address.parse("[::1]:" + port))));
    assertThat(List.of(ask("/"), ask("/"))).containsExactlyInAnyOrder("8", "9");
  }

  private static NginxSurroundings around(String directive) {
    return new NginxSurroundings(
        List.of(Surroundings.directive(directive)),
        Surroundings.server("max_fails=1 fail_timeout=10s"));
  }

  private ProxyDriver open(NginxSurroundings around) throws Exception {
    return edge.open(edge.nginx.options(), Access.OWN, around);
  }

  private void serve(NginxSurroundings around, DesiredState state) throws Exception {
    surroundings = around;
    change(state);
    edge.nginx.start();
  }

  private void change(DesiredState state) throws Exception {
    try (ProxyDriver driver = open(surroundings)) {
      Edge.converge(driver, state);
    }
  }

  private BackendClient client() {
    return new BackendClient(edge.backends, edge.nginx.port(0));
  }

  private Map<Integer, Long> shares(int requests) throws IOException {
    List<Answer> answers = client().ask(requests);
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    return answers.stream()
        .map(answer -> answer.by().orElseThrow())
        .map(this::number)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private int number(Endpoint by) {
    return IntStream.range(0, 4)
        .filter(i -> edge.backends.endpoint(i).equals(by))
        .findFirst()
        .orElseThrow();
  }

  private Map<Integer, String> owners() throws IOException {
    Map<Integer, String> owners = new HashMap<>();
    for (int key = 0; key < 40; key++) {
      owners.put(key, ask("/?k=" + key));
    }
    return owners;
  }

  private String ask(String target) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), edge.nginx.port(0))) {
      String request = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(target);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher backend = BACKEND.matcher(answer);
      assertThat(backend.find()).as(answer).isTrue();
      return backend.group(1);
    }
  }
}
