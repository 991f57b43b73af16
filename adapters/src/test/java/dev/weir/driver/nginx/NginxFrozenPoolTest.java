package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RealRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** nginx refuses one pool: it stays as it was, all others go on. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxFrozenPoolTest {

  private static final PoolId WEB = RealRig.WEB;
  private static final PoolId SHOP = RealRig.SHOP;

  private NginxRig rig;

  @BeforeEach
  void anNginx() throws Exception {
    rig = new NginxRig(TreeTrial.Way.MOUNTED);
  }

  private void servesTwoPools() throws Exception {
    try (ProxyDriver driver = rig.open(Checkpoints.NONE)) {
      assertThat(round(driver, state(0, 3))).isInstanceOf(Outcome.Applied.class);
    }
    rig.start();
  }

  @AfterEach
  void endEverything() throws Exception {
    rig.close();
  }

  @Test
  void the_refused_pool_is_found_and_the_rest_applied() throws Exception {
    servesTwoPools();
    theRefusedPoolStaysAndTheRestGoesOn("unknown directive \"refused_directive\"");
  }

  @Test
  void in_files_of_the_users_too() throws Exception {
    rig.close();
    rig = NginxRig.edited();
    servesTwoPools();
    theRefusedPoolStaysAndTheRestGoesOn("invalid parameter \"refused=1\"");
  }

  @Test
  @RequiresServer({Server.NGINX, Server.NGINX_STREAM})
  void in_stream_too() throws Exception {
    rig.close();
    rig = NginxRig.stream();
    servesTwoPools();
    theRefusedPoolStaysAndTheRestGoesOn("unknown directive \"refused_directive\"");
  }

  private void theRefusedPoolStaysAndTheRestGoesOn(String words) throws Exception {
    try (ProxyDriver driver = rig.openRefused(Checkpoints.NONE)) {
      assertThat(round(driver, state(1, 4))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      assertThat(driver.frozen().get(WEB)).contains(words);
      assertThat(serving(WEB)).containsExactly(0);
      assertThat(serving(SHOP)).containsExactly(4);
      assertThat(driver.plan(state(1, 4), observe(driver))).isInstanceOf(Plan.InSync.class);
      assertThat(driver.frozen()).containsOnlyKeys(WEB);
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(serving(SHOP)).containsExactly(3);
    }
    try (ProxyDriver driver = rig.open(Checkpoints.NONE)) {
      assertThat(round(driver, state(1, 3))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen()).isEmpty();
      assertThat(serving(WEB)).containsExactly(1);
    }
  }

  @Test
  void a_new_pool_that_clashes_with_the_users_file_is_tried_again_when_that_changes()
      throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      edge.nginx.configure("upstream taken { server 127.0.0.1:1; }");
      DesiredState desired =
          Wanted.state(
              Wanted.pool(WEB).ready("b1", edge.backends.endpoint(1)),
              Wanted.pool(SHOP).ready("b2", edge.backends.endpoint(2)));
      try (ProxyDriver driver = openBoth(edge)) {
        assertThat(round(driver, desired)).isInstanceOf(Outcome.Applied.class);
        assertThat(driver.frozen()).containsOnlyKeys(SHOP);
        assertThat(driver.frozen().get(SHOP)).contains("duplicate upstream \"taken\"");
        assertThat(edge.nginx.check()).isEmpty();
        edge.nginx.configure("");
        assertThat(round(driver, desired)).isInstanceOf(Outcome.Applied.class);
        assertThat(driver.frozen()).isEmpty();
        assertThat(edge.nginx.upstreams).content().contains("upstream taken {");
      }
    }
  }

  private static ProxyDriver openBoth(Edge edge) throws Exception {
    return new NginxType()
        .open(
            edge.nginx.options(),
            new Context<>(
                new ProxyName("edge"),
                List.of(
                    new Carried<>(WEB, "web", NginxSurroundings.NONE),
                    new Carried<>(SHOP, "taken", NginxSurroundings.NONE)),
                Files.createDirectories(edge.nginx.folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE));
  }

  private DesiredState state(int web, int shop) {
    return Wanted.state(
        Wanted.pool(WEB).ready("b" + web, rig.backend(web)),
        Wanted.pool(SHOP).ready("b" + shop, rig.backend(shop)));
  }

  private static Observed observe(ProxyDriver driver) throws InterruptedException {
    return driver.observe(Set.of(WEB, SHOP));
  }

  private static Outcome round(ProxyDriver driver, DesiredState desired)
      throws InterruptedException {
    return driver.apply(driver.plan(desired, observe(driver)));
  }

  private Set<Integer> serving(PoolId pool) throws Exception {
    return rig.ask(pool, 8).stream()
        .map(answer -> answer.by().orElseThrow())
        .map(by -> {
          int number = 0;
          while (!rig.backend(number).equals(by)) {
            number++;
          }
          return number;
        })
        .collect(Collectors.toSet());
  }
}
