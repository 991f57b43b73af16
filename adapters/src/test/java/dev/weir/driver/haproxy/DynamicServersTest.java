package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What Weir believes of servers that are added at run time, asked of a real HAProxy. */
@RequiresServer(Server.HAPROXY)
class DynamicServersTest {

  /** Every parameter that the list knows, in a form that HAProxy 2.6 accepts. */
  private static final List<String> TAKEN =
      List.of(
          "check inter 1s fastinter 1s downinter 3s rise 2 fall 2 port 9 addr 127.0.0.2",
          "check check-send-proxy check-via-socks4 check-sni x check-alpn http/1.1",
          "check check-ssl verify none",
          "check observe layer4 error-limit 4 on-error mark-down",
          "check on-marked-down shutdown-sessions on-marked-up shutdown-backup-sessions",
          "agent-check agent-port 9 agent-addr 127.0.0.3 agent-inter 3s agent-send x",
          "ssl verify none alpn h2,http/1.1 ciphers AES128-SHA ciphersuites TLS_AES_128_GCM_SHA256",
          "ssl verify none no-ssl-reuse no-tls-tickets sni str(x) npn h2 allow-0rtt",
          "ssl verify none ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.3 tls-tickets",
          "ssl verify none force-tlsv12",
          "ssl verify none force-tlsv10",
          "ssl verify none force-tlsv11",
          "ssl verify none force-tlsv13",
          "ssl verify none no-sslv3 no-tlsv10 no-tlsv11",
          "ssl verify none no-tlsv12",
          "ssl verify none no-tlsv13",
          "maxconn 9 minconn 1 maxqueue 3 slowstart 3s",
          "pool-low-conn 3 pool-max-conn 3 pool-purge-delay 3s",
          "send-proxy",
          "send-proxy-v2 proxy-v2-options ssl",
          "send-proxy-v2-ssl",
          "send-proxy-v2-ssl-cn",
          "no-send-proxy no-send-proxy-v2",
          "source 0.0.0.0 usesrc clientip",
          "source 127.0.0.1 interface lo",
          "tfo",
          "no-tfo",
          "proto h2",
          "ws h1");

  private static final List<String> REFUSED =
      List.of(
          "cookie x",
          "redir http://x",
          "init-addr none",
          "resolvers r",
          "resolve-prefer ipv4",
          "namespace n",
          "socks4 127.0.0.1:99",
          "tcp-ut 3s",
          "log-proto octet-count",
          "max-reuse 3",
          "stick",
          "non-stick",
          "no-check",
          "ssl-reuse");

  @Test
  void theListIsHaproxysOwn() throws Exception {
    try (Site site = new Site("")) {
      site.start(site.ready(0));
      int number = 0;
      for (String options : TAKEN) {
        String add = "add server be_web/t%d 127.0.0.1:9 %s".formatted(number++, options);
        assertThat(site.haproxy.say(add)).as(add).endsWith("New server registered.");
        assertThat(DynamicServers.refusal(options)).as(options).isEmpty();
      }
      for (String options : REFUSED) {
        String add = "add server be_web/r%d 127.0.0.1:9 %s".formatted(number++, options);
        assertThat(site.haproxy.say(add)).as(add).contains("not accepted for dynamic server");
        assertThat(DynamicServers.refusal(options)).as(options).isPresent();
      }
    }
  }

  /**
   * At run time HAProxy reads no files: certificates are known once a server of the file names
   * them.
   */
  @Test
  void aParameterThatHaproxyTakesOnlyFromTheFileCostsOneReload() throws Exception {
    try (Site site = new Site("ssl verify required ca-file /etc/ssl/certs/ca-certificates.crt")) {
      site.start(site.ready());
      assertThat(Site.failed(site.applyOnce(site.ready(0))).reason()).contains("unable to load");
      site.converge(site.ready(0));
      long worker = site.haproxy.worker();
      site.converge(site.ready(0, 1));
      assertThat(site.haproxy.worker()).isEqualTo(worker);
    }
  }

  /** Without its key a server that was added has an empty cookie, and people lose their place. */
  @Test
  void aServerThatIsAddedHasTheCookieThatItHasInTheFile() throws Exception {
    try (Site site =
        new Site("", "balance roundrobin", "cookie SRV insert dynamic", "dynamic-cookie-key k")) {
      site.start(site.ready(0, 1));
      Set<String> fromFile = cookies(site);
      site.converge(site.ready(1));
      site.upkeep(40);
      assertThat(site.haproxy.row(Site.AS, "b0")).isEmpty();
      site.converge(site.ready(0, 1));
      assertThat(cookies(site)).isEqualTo(fromFile).hasSize(2);
    }
  }

  private static Set<String> cookies(Site site) throws IOException, InterruptedException {
    Set<String> cookies = new TreeSet<>();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.haproxy.port(0))).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 8; i++) {
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        Optional<String> set = answer.headers().firstValue("Set-Cookie");
        cookies.add(set.orElse("none"));
      }
    }
    return cookies;
  }
}
