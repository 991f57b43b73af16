package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.Backends;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is different in {@code stream}; the rest is {@link NginxStreamContractTest}. */
@RequiresServer({Server.NGINX, Server.NGINX_STREAM})
@Timeout(60)
class NginxStreamTest {

  private RealNginx nginx;
  private Backends backends;

  @BeforeEach
  void anNginx() throws IOException {
    nginx = RealNginx.withStream("web");
    backends = Backends.start(2);
  }

  @AfterEach
  void endEverything() throws IOException {
    nginx.close();
    backends.close();
  }

  @Test
  void a_file_that_stream_does_not_include_is_never_taken_for_served() throws Exception {
    Path file = nginx.stream.orElseThrow();
    String include = "include %s/weir-stream/*.conf;".formatted(nginx.folder);
    Files.writeString(
        nginx.config,
        Files.readString(nginx.config).replace(include, "upstream web { server 127.0.0.1:9; }"));
    try (ProxyDriver driver = open(nginx.options(), PoolKind.TCP)) {
      assertThat(driver.inspect())
          .contains(
              Finding.error(
                  "%s is not included; add 'include %s;' inside stream { } of %s"
                      .formatted(file, file, nginx.config)));
      assertThat(Edge.round(driver, with(0))).isInstanceOf(Outcome.Applied.class);
      nginx.start();
      String before = Files.readString(nginx.upstreams);
      assertThat(Edge.round(driver, with(1)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).contains("included inside stream { }?"));
      assertThat(nginx.upstreams).hasContent(before);
      assertThat(driver.plan(with(0), Edge.observe(driver))).isInstanceOf(Plan.Reload.class);
    }
  }

  @Test
  void datagrams_go_to_the_member_that_is_ready() throws Exception {
    int front = FreePorts.one();
    nginx.alwaysInStream =
        "server { listen 127.0.0.1:%d udp; proxy_pass web; proxy_responses 1; proxy_timeout 5s; }\n"
            .formatted(front);
    nginx.configure("");
    try (Echo one = new Echo("one");
        Echo two = new Echo("two");
        ProxyDriver driver = open(nginx.options(), PoolKind.UDP)) {
      assertThat(Edge.round(driver, ready(one.at()))).isInstanceOf(Outcome.Applied.class);
      nginx.start();
      assertThat(ask(front)).isEqualTo("one");
      assertThat(Edge.round(driver, ready(two.at()))).isInstanceOf(Outcome.Applied.class);
      assertThat(ask(front)).isEqualTo("two");
    }
  }

  @Test
  void an_upstream_in_a_file_that_stream_includes_is_kept_there() throws Exception {
    Path file = nginx.folder.resolve("dbs.conf");
    Files.writeString(file, "upstream web {\r\n  server 127.0.0.1:9 max_fails=3; # gone\r\n}");
    nginx.alwaysInStream = "include %s;\n".formatted(file);
    nginx.configure("");
    NginxOptions options = options(Optional.empty(), List.of(file.toString()));
    try (ProxyDriver driver = open(options, PoolKind.TCP)) {
      assertThat(Edge.round(driver, with(0))).isInstanceOf(Outcome.Applied.class);
      assertThat(file)
          .hasContent(
              "upstream web {\r\n  server %s max_fails=3;\r\n}".formatted(backends.endpoint(0)));
      nginx.start();
      assertThat(driver.plan(with(0), Edge.observe(driver))).isInstanceOf(Plan.InSync.class);
      assertThat(Edge.round(driver, with(1))).isInstanceOf(Outcome.Applied.class);
      assertThat(new BackendClient(backends, nginx.port(0)).ask(2))
          .allSatisfy(answer -> assertThat(answer.by()).contains(backends.endpoint(1)));
    }
  }

  @Test
  void without_any_place_in_stream_nothing_is_done_and_the_pool_is_named() throws Exception {
    Path file = nginx.folder.resolve("other.conf");
    Files.writeString(file, "upstream other { server 127.0.0.1:9; }\n");
    NginxOptions options = options(Optional.empty(), List.of(file.toString()));
    try (ProxyDriver driver = open(options, PoolKind.TCP)) {
      assertThat(Edge.round(driver, with(0)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.reason())
                      .startsWith(
                          "pool web, kind tcp: stream { } of no file of 'edit' has an upstream"
                              + " web"));
      assertThat(nginx.upstreams).doesNotExist();
    }
  }

  private NginxOptions options(Optional<Path> stream, List<String> edit) {
    NginxOptions o = nginx.options();
    return new NginxOptions(
        o.upstreams(),
        stream,
        edit,
        o.template(),
        o.config(),
        o.binary(),
        o.pid(),
        o.confirm(),
        o.update(),
        o.reload());
  }

  private ProxyDriver open(NginxOptions options, PoolKind kind) throws Exception {
    return new NginxType()
        .open(
            options,
            new Context<>(
                new ProxyName("edge"),
                List.of(
                    new Carried<>(
                        Edge.WEB, "web", NginxSurroundings.NONE, DrainPolicy.DEFAULT, kind)),
                Files.createDirectories(nginx.folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE,
                Access.OWN));
  }

  private DesiredState with(int number) {
    return ready(backends.endpoint(number));
  }

  private static DesiredState ready(Endpoint at) {
    return Wanted.state(Wanted.pool(Edge.WEB).ready("m", at));
  }

  private static String ask(int port) throws IOException {
    try (DatagramSocket client = new DatagramSocket()) {
      client.setSoTimeout(5_000);
      byte[] question = {'?'};
      InetAddress here = InetAddress.ofLiteral("127.0.0.1");
      client.send(new DatagramPacket(question, 1, here, port));
      DatagramPacket answer = new DatagramPacket(new byte[16], 16);
      client.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }
  }

  /** Answers each datagram with its name. */
  private static final class Echo implements AutoCloseable {
    private final DatagramSocket socket;

    Echo(String name) throws IOException {
      socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
      byte[] answer = name.getBytes(StandardCharsets.US_ASCII);
      Thread.ofVirtual().start(() -> answerAll(answer));
    }

    Endpoint at() {
      return new Endpoint.Ip(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
    }

    private void answerAll(byte[] answer) {
      DatagramPacket question = new DatagramPacket(new byte[16], 16);
      try {
        while (true) {
          socket.receive(question);
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
      } catch (IOException closed) {
        // the test is over
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
