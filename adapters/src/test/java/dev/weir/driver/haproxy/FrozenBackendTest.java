package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.Backends;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HAProxy refuses one pool: it stays as it was, all others go on. */
@RequiresServer(Server.HAPROXY)
class FrozenBackendTest {

  private static final PoolId WEB = new PoolId("web");
  private static final PoolId SHOP = new PoolId("shop");
  private static final String PLAIN = "balance roundrobin";

  private Backends backends;
  private RealHaproxy haproxy;

  @BeforeEach
  void serveTwoPools() throws Exception {
    backends = Backends.start(4);
    haproxy = new RealHaproxy("web", "shop");
    try (ProxyDriver driver = open(PLAIN, "", PLAIN)) {
      assertThat(round(driver, state(0, 2))).isInstanceOf(Outcome.Applied.class);
      haproxy.start();
      assertThat(driver.plan(state(0, 2), observe(driver))).isInstanceOf(Plan.InSync.class);
    }
  }

  @AfterEach
  void end() throws Exception {
    haproxy.close();
    backends.close();
  }

  @Test
  void theRefusedLinesAreFoundAndTheirPoolsMembersComeAndGoAsEver() throws Exception {
    try (ProxyDriver driver = open("mistake on", "", "balance leastconn")) {
      assertThat(round(driver, state(0, 2))).isInstanceOf(Outcome.Rejected.class);
      assertThat(driver.upkeep()).isEmpty();
      assertThat(driver.wantsLook()).isTrue();
      assertThat(round(driver, state(0, 2))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      assertThat(driver.frozen().get(WEB)).contains("unknown keyword 'mistake'");
      assertThat(Files.readString(haproxy.own)).contains("balance leastconn", PLAIN);
      assertThat(driver.plan(state(0, 2), observe(driver))).isInstanceOf(Plan.InSync.class);

      long worker = haproxy.worker();
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(haproxy.worker()).isEqualTo(worker);
      assertServes("web", "b1");
      assertServes("shop", "b3");
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
    }
    try (ProxyDriver driver = open("balance leastconn", "", PLAIN)) {
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).isEmpty();
    }
  }

  @Test
  void aPoolWhoseServersAreRefusedStaysWhole() throws Exception {
    try (ProxyDriver driver = open(PLAIN, "check inter bogus", PLAIN)) {
      assertThat(Site.failed(round(driver, state(1, 3))).reason()).contains("'b'"); // by socket
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Rejected.class);
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      assertServes("web", "b0");
      assertServes("shop", "b3");
      assertThat(haproxy.check()).isEmpty();
    }
  }

  @Test
  void itIsTriedAgainWhenTheUsersFilesChange() throws Exception {
    String clash = "use-server nobody if TRUE";
    try (ProxyDriver driver = open(PLAIN + "\n" + clash, "", PLAIN)) {
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Rejected.class);
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      haproxy.defaults("option httplog");
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Rejected.class);
      assertThat(round(driver, state(1, 3))).isNotInstanceOf(Outcome.Rejected.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
    }
  }

  @Test
  void aMistakeOfTheUsersOwnFreezesNobody() throws Exception {
    haproxy.defaults("mistake on");
    try (ProxyDriver driver = open("balance leastconn", "", PLAIN)) {
      assertThat(round(driver, state(1, 3)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class, rejected -> assertThat(rejected.foreign()).isTrue());
      assertThat(driver.frozen()).isEmpty();
      assertThat(driver.wantsLook()).isFalse();
    }
  }

  private void assertServes(String backend, String server) throws Exception {
    assertThat(haproxy.row(backend, server))
        .hasValueSatisfying(row -> assertThat(row.state()).isEqualTo(ServerState.READY));
  }

  /** The directives of web are one line each. */
  private ProxyDriver open(String web, String server, String shop) throws Exception {
    return new HaproxyDriverType()
        .open(
            haproxy.options(),
            new Context<>(
                new ProxyName("inner"),
                List.of(
                    new Carried<>(
                        WEB,
                        "web",
                        new HaproxySurroundings(web.lines().toList(), ServerText.parse(server))),
                    new Carried<>(
                        SHOP, "shop", new HaproxySurroundings(List.of(shop), ServerText.NONE))),
                Files.createDirectories(haproxy.folder.resolve("state")),
                new HastyTime(),
                Checkpoints.NONE));
  }

  private DesiredState state(int web, int shop) {
    return Wanted.state(
        Wanted.pool(WEB).ready("b" + web, backends.endpoint(web)),
        Wanted.pool(SHOP).ready("b" + shop, backends.endpoint(shop)));
  }

  private static Observed observe(ProxyDriver driver) throws InterruptedException {
    return driver.observe(Set.of(WEB, SHOP));
  }

  private static Outcome round(ProxyDriver driver, DesiredState desired) throws Exception {
    return driver.apply(driver.plan(desired, observe(driver)));
  }
}
