package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Outcome;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RealRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of former configurations are counted as long as they serve. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class HaproxyOldWorkersTest {

  @Test
  void one_that_has_a_connection_left_counts_until_that_ends() throws Exception {
    HaproxyRig rig = new HaproxyRig("");
    try (ProxyDriver driver = rig.open(Checkpoints.NONE)) {
      var desired =
          Wanted.state(
              Wanted.pool(RealRig.WEB).ready("b0", rig.backend(0)),
              Wanted.pool(RealRig.SHOP).ready("b1", rig.backend(1)));
      var plan = driver.plan(desired, driver.observe(Set.copyOf(rig.pools())));
      assertThat(driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.oldProcesses()).as("not running").isZero();
      rig.start();
      assertThat(driver.oldProcesses()).isZero();
      try (ProxyRig.Held held = rig.hold(RealRig.WEB)) {
        rig.reload();
        await().atMost(Duration.ofSeconds(10)).until(() -> driver.oldProcesses() == 1);
        assertThat(held.finish().status()).isEqualTo(200);
      }
      await().atMost(Duration.ofSeconds(15)).until(() -> driver.oldProcesses() == 0);
    } finally {
      rig.close();
    }
  }
}
