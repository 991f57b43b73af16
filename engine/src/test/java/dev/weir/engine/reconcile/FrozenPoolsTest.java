package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EventKind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that refuses one pool is not in step, says why, and says when it is. */
class FrozenPoolsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyThatRefusesOnePool() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    bench.events.clear();
    bench.driver().freeze(new TreeMap<>(Map.of(WEB, "no such directive")));
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
  }

  @Test
  void itIsBehindAndTheEventComesOnce() {
    assertThat(bench.status().inSync()).isFalse();
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.Behind.class,
            behind ->
                assertThat(behind.reason()).isEqualTo("pool web is frozen: no such directive"));
    bench.reconciler().sync();
    bench.step();
    assertThat(bench.told()).containsOnlyOnce(EventKind.POOL_FROZEN);
  }

  @Test
  void takenAgainItIsInStepAndThawed() {
    bench.driver().freeze(new TreeMap<>());
    bench.reconciler().sync();
    bench.step();
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.told()).contains(EventKind.POOL_THAWED);
  }
}
