package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.DesiredState;
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
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HAProxy refuses one of two sections of the user's: it stays as it was, with all its servers. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class HaproxyEditFrozenTest {

  private static final PoolId WEB = new PoolId("web");
  private static final PoolId SHOP = new PoolId("shop");

  private RealHaproxy haproxy;

  @BeforeEach
  void twoSectionsOfTheUsers() throws Exception {
    haproxy =
        new RealHaproxy("web", "shop")
            .edited(
                """
                backend web
                  server hand 127.0.0.9:9
                  server w1 127.0.1.1:9
                backend shop
                """);
    haproxy.start();
  }

  @AfterEach
  void end() throws Exception {
    haproxy.close();
  }

  @Test
  void aSectionWhoseNewServersAreRefusedStaysWholeAndTheOtherGoesOn() throws Exception {
    try (ProxyDriver driver = open()) {
      assertThat(Site.failed(round(driver)).reason()).contains("'b'"); // by socket
      assertThat(round(driver)).isInstanceOf(Outcome.Rejected.class);
      assertThat(round(driver)).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      assertThat(driver.plan(wanted(), driver.observe(Set.of(WEB, SHOP))))
          .isInstanceOf(Plan.InSync.class);
      assertThat(haproxy.row("shop", "s1")).isPresent();
      assertThat(haproxy.row("web", "w2")).isEmpty();
      assertThat(haproxy.row("web", "hand").orElseThrow().state()).isEqualTo(ServerState.READY);
      assertThat(haproxy.check()).isEmpty();
    }
  }

  @Test
  void otherLinesAroundItsServersLeaveTheUsersServersTheUsers() {
    UsersServers theirs = new UsersServers(Map.of(), Set.of("hand"));
    Section section = Section.edited(List.of("http-request deny"), List.of(), theirs);
    assertThat(section.withStructure(List.of()))
        .isEqualTo(Section.edited(List.of(), List.of(), theirs));
  }

  private ProxyDriver open() throws Exception {
    return new HaproxyDriverType()
        .open(
            haproxy.options(),
            new Context<>(
                new ProxyName("inner"),
                List.of(carried(WEB, "web", "check inter bogus"), carried(SHOP, "shop", "check")),
                Files.createDirectories(haproxy.folder.resolve("state")),
                new HastyTime(),
                Checkpoints.NONE));
  }

  private static Carried<HaproxySurroundings> carried(PoolId pool, String as, String server) {
    return new Carried<>(pool, as, new HaproxySurroundings(List.of(), ServerText.parse(server)));
  }

  private static DesiredState wanted() {
    return Wanted.state(
        Wanted.pool(WEB).ready("w1", RealHaproxy.nowhere(0)).ready("w2", RealHaproxy.nowhere(5)),
        Wanted.pool(SHOP).ready("s1", RealHaproxy.nowhere(6)));
  }

  private static Outcome round(ProxyDriver driver) throws Exception {
    return driver.apply(driver.plan(wanted(), driver.observe(Set.of(WEB, SHOP))));
  }
}
