package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EventKind;
import dev.weir.spi.ProxyDriverType.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a driver puts off is shown, done, and watched meanwhile. */
class ReconcilerUpkeepTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyInStep() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    assertThat(bench.status().inSync()).isTrue();
    bench.events.clear();
  }

  @Test
  void whatIsPutOffShowsInTheStatusUntilItIsDone() {
    assertThat(bench.status().putOff()).isEmpty();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.status().putOff()).isPresent();
    bench.runFor(Duration.ofMillis(1100));
    assertThat(bench.status().putOff()).isEmpty();
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.2:80");
  }

  @Test
  void aReloadThatDropsWhatTheFileDoesNotHaveYetIsRepairedBeforeTheNextResync() {
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
    bench.process.reload();
    assertThat(bench.process.states(WEB)).doesNotContainKey("10.0.0.2_80");
    bench.runFor(Duration.ofMillis(1200));
    assertThat(bench.process.states(WEB)).containsKey("10.0.0.2_80");
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.told()).contains(EventKind.PROXY_DRIFTED);
  }

  @Test
  void drainsOfAPausedProxyAreCountedAndNotEnded() {
    bench.pause().reconciler().sync();
    bench.step();
    assertThat(bench.driver().watched()).contains(Access.LOOK);
    bench.resume().reconciler().sync();
    bench.step();
    assertThat(bench.driver().watched()).contains(Access.OWN);
  }

  @Test
  void aLookThatFindsEverythingInPlaceAsksWhatIsPutOff() {
    bench.driver().calls();
    bench.reconciler().sync();
    bench.step();
    assertThat(bench.driver().calls())
        .contains(SpyDriver.Call.OBSERVE, SpyDriver.Call.UPKEEP)
        .doesNotContain(SpyDriver.Call.APPLY);
  }

  @Test
  void filesThatTheProxyHasNotReadSinceTheyChangedAreToldOnce() {
    bench.driver().foreign(List.of(Path.of("/etc/proxy/a")));
    for (int round = 0; round < 2; round++) {
      bench.reconciler().sync();
      bench.step();
    }
    assertThat(bench.told()).containsOnlyOnce(EventKind.PROXY_FOREIGN_CHANGE);
    bench.driver().foreign(List.of());
    bench.reconciler().sync();
    bench.step();
    assertThat(bench.told()).containsOnlyOnce(EventKind.PROXY_FOREIGN_CHANGE);
  }
}
