package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.run.Timings;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a change to the first request on a member that came with it. */
class FirstRequestsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyInStep() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(bench.status().inSync()).isTrue();
    bench.driver().counts(endpoint("10.0.0.1:80"), 700);
    var _ = bench.driver().calls();
  }

  @Test
  void itIsMeasuredWhenTheProxyHasCountedOne() {
    arrives("10.0.0.2:80");
    bench.runFor(Duration.ofMillis(200));
    assertThat(served().count()).isZero();

    bench.driver().counts(endpoint("10.0.0.2:80"), 1);
    bench.runFor(Duration.ofSeconds(1));

    assertThat(served().count()).isEqualTo(1);
    assertThat(served().sum()).isBetween(Duration.ofMillis(200), Duration.ofMillis(450));
  }

  @Test
  void itIsNotAskedForAnyMoreAfterwards() {
    arrives("10.0.0.2:80");
    bench.driver().counts(endpoint("10.0.0.2:80"), 1);
    bench.runFor(Duration.ofSeconds(1));
    var _ = bench.driver().calls();

    bench.runFor(Duration.ofMinutes(5));

    assertThat(bench.driver().calls()).doesNotContain(SpyDriver.Call.ROWS);
  }

  @Test
  void withoutAnyRequestItIsGivenUp() {
    arrives("10.0.0.2:80");
    bench.runFor(Duration.ofSeconds(62));
    assertThat(bench.driver().calls()).filteredOn(SpyDriver.Call.ROWS::equals).hasSizeLessThan(75);

    bench.driver().counts(endpoint("10.0.0.2:80"), 1);
    bench.runFor(Duration.ofMinutes(1));

    assertThat(served().count()).isZero();
  }

  /** One arrival at a time, and not each: every look asks for a whole pool. */
  @Test
  void aSampleIsTakenEveryTenSecondsAtMost() {
    String[] members = {"10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80", "10.0.0.4:80"};
    for (String member : members) {
      bench.driver().counts(endpoint(member), 1);
    }
    bench.members(WEB, members[0], members[1]).settle();
    bench.runFor(Duration.ofSeconds(2));
    bench.members(WEB, members[0], members[1], members[2]).settle();
    bench.runFor(Duration.ofSeconds(9));
    assertThat(served().count()).isEqualTo(1);

    bench.members(WEB, members).settle();
    bench.runFor(Duration.ofSeconds(1));

    assertThat(served().count()).isEqualTo(2);
  }

  @Test
  void whoLeavesOrChangesIsNotWaitedFor() {
    bench.members(API).settle();
    bench.dead("10.0.0.1:80").members(WEB, "10.0.0.1:80").settle();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.driver().calls()).doesNotContain(SpyDriver.Call.ROWS);
  }

  private void arrives(String address) {
    bench.driver().counts(endpoint(address), 0);
    bench.members(WEB, "10.0.0.1:80", address).settle();
  }

  private Timings.Snapshot served() {
    return bench.meters().changeServed(Outcome.Way.LIVE).snapshot();
  }

  private static Endpoint endpoint(String address) {
    return (Endpoint) Address.parse(address);
  }
}
