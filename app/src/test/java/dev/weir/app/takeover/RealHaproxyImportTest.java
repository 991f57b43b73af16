package dev.weir.app.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.Wiring;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Texts;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.survey.Checkup;
import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Outlook;
import dev.weir.spi.Finding;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed for an HAProxy that runs leaves it as it is. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class RealHaproxyImportTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  @Test
  void beside_the_running_haproxy_nothing_differs() throws Exception {
    int front = FreePorts.one();
    Path main = folder.resolve("haproxy.cfg");
    Files.writeString(
        main,
        """
        # by hand
        global
            stats socket %1$s/admin.sock mode 600 level admin
            hard-stop-after 10m
            pidfile %1$s/haproxy.pid

        defaults
            mode http
            timeout connect 2s
            timeout client 10s
            timeout server 10s
            default-server inter 1s weight 10

        frontend in
            bind 127.0.0.1:%2$d
            default_backend web

        backend web # "the shop
            balance leastconn
            server web-1 127.0.0.1:9 check weight 20   # rack 1
            server web-2 127.0.0.2:9 check
            server spare 127.0.0.3:9 check backup
            server host localhost:9 check disabled

        listen sticky
            bind 127.0.0.1:%3$d
            cookie SRV insert
            server s1 127.0.0.4:9 cookie one
            server s2 127.0.0.5:9 cookie two
        """
            .formatted(folder, front, FreePorts.one()));
    String before = Files.readString(main);
    try (Started haproxy = start(main)) {
      haproxy.awaitPort(front, PATIENCE);
      WeirConfig config = proposed(main);
      assertThat(new Checkup(config, Time.SYSTEM).online())
          .filteredOn(remark -> remark.part().startsWith("proxy"))
          .extracting(remark -> remark.finding().severity())
          .isNotEmpty()
          .doesNotContain(Finding.Severity.ERROR);
      assertThat(new Outlook(config, List.of(), Time.SYSTEM).look())
          .singleElement()
          .satisfies(forecast -> {
            assertThat(forecast.inSync()).as(told(forecast)).isTrue();
            assertThat(forecast.lines())
                .contains(
                    "  web: new servers get 'check', as all server lines at %s:18 have it"
                        .formatted(main),
                    "  sticky: new servers get no parameters, the server lines at %s:25 have none in common"
                        .formatted(main));
          });
    }
    assertThat(main).hasContent(before);
  }

  private Started start(Path main) throws Exception {
    return Started.start(
        "haproxy", folder, List.of(Server.HAPROXY.path().toString(), "-W", "-f", main.toString()));
  }

  private WeirConfig proposed(Path main) throws Exception {
    Proposal proposal = HaproxyImport.of(List.of(main));
    Path weir =
        Files.writeString(
            folder.resolve("weir.yaml"), "state: %s/state\n%s".formatted(folder, proposal.yaml()));
    Loaded loaded = new ConfigLoader(Wiring.KINDS).load(weir, Texts.DISK);
    assertThat(loaded).isInstanceOf(Loaded.Accepted.class);
    return ((Loaded.Accepted) loaded).config();
  }

  private static String told(Forecast forecast) {
    return String.join("\n", forecast.lines());
  }
}
