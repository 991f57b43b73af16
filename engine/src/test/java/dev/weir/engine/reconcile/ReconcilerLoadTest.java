package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.OTHER;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredPool;
import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A proxy may carry other pools from one round to the next. */
class ReconcilerLoadTest {

  private static final List<PoolId> MORE = List.of(WEB, API, OTHER);

  private final Bench bench = new Bench();

  @Test
  void otherPoolsAreCarriedFromTheNextRoundOnByAnotherDriver() {
    start();
    SpyDriver next = bench.newDriver();
    bench.reconciler().carry(new Load(MORE, Optional.empty(), former -> renewed(next)));
    bench.step();
    assertThat(carried()).containsExactlyInAnyOrderElementsOf(MORE);
    assertThat(next.calls()).contains(SpyDriver.Call.OBSERVE, SpyDriver.Call.APPLY);
    assertThat(bench.status().sync()).isInstanceOf(Sync.Reached.class);
  }

  @Test
  void aChangeInANewPoolWakesIt() {
    start();
    SpyDriver next = bench.newDriver();
    bench.reconciler().carry(new Load(MORE, Optional.empty(), former -> renewed(next)));
    bench.step();
    next.observed();
    bench.members(OTHER, "10.0.0.9:80", "10.0.0.10:80").settle();
    assertThat(next.observed()).isNotEmpty();
  }

  @Test
  void whatCannotBeCarriedLeavesTheFormerPoolsAndIsTriedAgain() {
    start();
    bench
        .reconciler()
        .carry(
            new Load(
                MORE,
                Optional.empty(),
                former -> new Load.Renewed(former, Optional.of("no such folder"))));
    bench.step();
    assertThat(bench.status().sync()).isInstanceOf(Sync.Behind.class);
    assertThat(carried()).containsExactlyInAnyOrder(WEB, API);

    SpyDriver next = bench.newDriver();
    bench.reconciler().carry(new Load(MORE, Optional.empty(), former -> renewed(next)));
    bench.step();
    assertThat(carried()).containsExactlyInAnyOrderElementsOf(MORE);
  }

  @Test
  void aProxyThatWasNotTouchedWaitsUntilAllItsPoolsAreKnown() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.0.2:80").publish();
    bench
        .reconciler()
        .carry(
            new Load(
                List.of(WEB, API),
                Optional.of("waits for the first report of pool set services"),
                former -> renewed(former)));
    bench.step();
    assertThat(bench.status().sync())
        .isEqualTo(new Sync.Waiting("waits for the first report of pool set services"));
    assertThat(bench.driver().calls()).doesNotContain(SpyDriver.Call.APPLY);

    bench
        .reconciler()
        .carry(new Load(List.of(WEB, API), Optional.empty(), former -> renewed(former)));
    bench.step();
    assertThat(bench.status().sync()).isInstanceOf(Sync.Reached.class);
  }

  private void start() {
    bench
        .members(WEB, "10.0.0.1:80")
        .members(API, "10.0.0.2:80")
        .members(OTHER, "10.0.0.3:80")
        .publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    assertThat(bench.status().inSync()).isTrue();
  }

  private static Load.Renewed renewed(ProxyDriver driver) {
    return new Load.Renewed(driver, Optional.empty());
  }

  private List<PoolId> carried() {
    return bench.status().desired().orElseThrow().pools().stream().map(DesiredPool::id).toList();
  }
}
