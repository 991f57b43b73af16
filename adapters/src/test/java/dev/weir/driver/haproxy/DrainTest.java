package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DesiredState;
import dev.weir.model.Plan;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ServerState;
import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.Faults;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A drain has an end: the last connection's, or the deadline's. */
@RequiresServer(Server.HAPROXY)
class DrainTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final DrainPolicy POLICY = new DrainPolicy(Duration.ofSeconds(30), DEADLINE);

  /** More looks than fit into the deadline. */
  private static final int MANY = 150;

  private Site site;

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  @BeforeEach
  void open() throws Exception {
    site = site();
  }

  private static Site site(String... directives) throws Exception {
    Site fresh = new Site(new RealHaproxy(Site.AS), POLICY, "", directives);
    return fresh.start(fresh.ready(0, 1));
  }

  /** The first of the two backends drains. */
  private DesiredState drained() {
    return Wanted.state(Wanted.pool(Site.WEB).drain("b0", site.at(0)).ready("b1", site.at(1)));
  }

  /** Looks until the only drain has come so far, or the looks are used up. */
  private Drain watch(Phase phase, int looks) throws Exception {
    for (int i = 0; i < looks; i++) {
      Optional<Duration> again = site.driver.watch(Access.OWN);
      Drain only = site.driver.drains().getFirst();
      if (only.phase() == phase || again.isEmpty()) {
        return only;
      }
      site.time.sleep(again.get());
    }
    return site.driver.drains().getFirst();
  }

  private ServerState running(String server) throws Exception {
    return site.haproxy.row(Site.AS, server).orElseThrow().state();
  }

  /** A connection that the first backend answers. */
  private Held held() throws Exception {
    for (int i = 0; i < 10; i++) {
      Held held = site.client().hold();
      if (held.by().equals(site.at(0))) {
        return held;
      }
      held.close();
    }
    throw new AssertionError("b0 never answers");
  }

  @Test
  void aServerWithoutConnectionsIsDrainedAtOnceAndTakesNobodyAnyMore() throws Exception {
    site.converge(drained());
    assertThat(site.driver.drains()).hasSize(1).allMatch(Drain::running);
    Drain drain = watch(Phase.EMPTY, 5);
    assertThat(drain.phase()).isEqualTo(Phase.EMPTY);
    assertThat(drain.server()).isEqualTo("b0");
    assertThat(running("b0")).isEqualTo(ServerState.MAINT);
    assertThat(site.driver.watch(Access.OWN)).isEmpty();
    assertThat(site.plan(drained())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void anOpenConnectionIsCountedAndWaitedFor() throws Exception {
    try (Held held = held()) {
      site.converge(drained());
      Drain drain = watch(Phase.EMPTY, 10);
      assertThat(drain.phase()).isEqualTo(Phase.RUNNING);
      assertThat(drain.connections()).isEqualTo(OptionalInt.of(1));
      assertThat(running("b0")).isEqualTo(ServerState.DRAIN);
      assertThat(held.finish().status()).isEqualTo(200);
    }
    assertThat(watch(Phase.EMPTY, 20).phase()).isEqualTo(Phase.EMPTY);
    assertThat(running("b0")).isEqualTo(ServerState.MAINT);

    site.converge(site.ready(0, 1));
    assertThat(running("b0")).isEqualTo(ServerState.READY);
    assertThat(site.driver.drains()).isEmpty();
  }

  @Test
  void theDeadlineEndsWhatIsLeft() throws Exception {
    try (Held held = held()) {
      site.converge(drained());
      Drain drain = watch(Phase.CUT, MANY);
      assertThat(drain.phase()).isEqualTo(Phase.CUT);
      assertThat(drain.lasted()).isGreaterThanOrEqualTo(DEADLINE);
      assertThat(running("b0")).isEqualTo(ServerState.MAINT);
      assertThat(held.finish().status()).isZero();
    }
    assertThat(site.plan(drained())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void anotherWeirGoesOnCountingFromTheBeginningOfTheDrain() throws Exception {
    try (Held held = held()) {
      site.converge(drained());
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> drainedFor().compareTo(Duration.ofSeconds(2)) >= 0);
      site.reopen();
      site.converge(drained());
      assertThat(site.driver.drains())
          .singleElement()
          .satisfies(
              drain -> assertThat(drain.lasted()).isGreaterThanOrEqualTo(Duration.ofSeconds(2)));
      assertThat(held.finish().status()).isEqualTo(200);
    }
  }

  private Duration drainedFor() throws Exception {
    return site.haproxy.row(Site.AS, "b0").orElseThrow().unchanged();
  }

  @Test
  void whoeverIsBoundByACookieMayComeBackUntilTheDeadline() throws Exception {
    site.close();
    site = site("cookie SRV insert dynamic", "dynamic-cookie-key anything");
    site.converge(drained());
    assertThat(watch(Phase.EMPTY, 5).phase()).isEqualTo(Phase.EMPTY);
    assertThat(running("b0")).isEqualTo(ServerState.DRAIN);
    for (int i = 0; i < MANY && running("b0") == ServerState.DRAIN; i++) {
      site.time.sleep(site.driver.watch(Access.OWN).orElse(Duration.ZERO));
    }
    assertThat(running("b0")).isEqualTo(ServerState.MAINT);
    assertThat(site.driver.drains()).isEmpty(); // it had ended a minute before
    assertThat(site.plan(drained())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void whoLeavesIsFollowedUntilItIsDeleted() throws Exception {
    try (Held held = held()) {
      site.converge(drained());
      assertThat(watch(Phase.EMPTY, 3).running()).isTrue();
      site.converge(site.ready(1));
      assertThat(running("b0")).isEqualTo(ServerState.MAINT);
      assertThat(watch(Phase.EMPTY, 3).connections()).isEqualTo(OptionalInt.of(1));
      assertThat(held.finish().status()).isEqualTo(200);
    }
    assertThat(watch(Phase.EMPTY, 20).phase()).isEqualTo(Phase.EMPTY);
    site.upkeep(10);
    assertThat(site.haproxy.row(Site.AS, "b0")).isEmpty();
  }

  @Test
  void theDeadlineHoldsForThoseWhoLeaveToo() throws Exception {
    try (Held held = held()) {
      site.converge(site.ready(1));
      assertThat(watch(Phase.CUT, MANY).phase()).isEqualTo(Phase.CUT);
      assertThat(held.finish().status()).isZero();
    }
    site.upkeep(10);
    assertThat(site.haproxy.row(Site.AS, "b0")).isEmpty();
  }

  /** A person has paused the proxy. */
  @Test
  void whileNobodyMayTouchTheProxyTheDeadlineEndsNothing() throws Exception {
    try (Held held = held()) {
      site.converge(drained());
      for (int i = 0; i < MANY; i++) {
        site.time.sleep(site.driver.watch(Access.LOOK).orElseThrow());
      }
      Drain drain = site.driver.drains().getFirst();
      assertThat(drain.lasted()).isGreaterThan(DEADLINE);
      assertThat(drain.phase()).isEqualTo(Phase.RUNNING);
      assertThat(drain.connections()).isEqualTo(OptionalInt.of(1));
      assertThat(running("b0")).isEqualTo(ServerState.DRAIN);
      assertThat(held.finish().status()).isEqualTo(200);
    }
    assertThat(watch(Phase.EMPTY, 20).phase()).isEqualTo(Phase.EMPTY);
    assertThat(running("b0")).isEqualTo(ServerState.MAINT);
  }

  @Test
  void whatCouldNotBeToldIsToldAgainBeforeTheDrainIsOver() throws Exception {
    site.converge(drained());
    site.faults.arm(Faults.Kind.FAIL, 1);
    assertThat(watch(Phase.EMPTY, 1).running()).isTrue();
    assertThat(site.faults.struck()).isTrue();
    assertThat(running("b0")).isEqualTo(ServerState.DRAIN);
    assertThat(watch(Phase.EMPTY, 5).phase()).isEqualTo(Phase.EMPTY);
    assertThat(running("b0")).isEqualTo(ServerState.MAINT);
  }

  @Test
  void aCutThatFailsIsTriedAgainForThoseWhoLeave() throws Exception {
    try (Held held = held()) {
      site.converge(site.ready(1));
      site.faults.arm(Faults.Kind.FAIL, 1);
      for (int i = 0; i < MANY && !site.faults.struck(); i++) {
        site.time.sleep(site.driver.watch(Access.OWN).orElseThrow());
      }
      assertThat(site.faults.steps()).containsExactly("socket shutdown sessions server be_web/b0");
      assertThat(site.driver.drains()).hasSize(1).allMatch(Drain::running);
      assertThat(watch(Phase.CUT, 20).phase()).isEqualTo(Phase.CUT);
      assertThat(held.finish().status()).isZero();
    }
  }

  /** The new process counts nothing, but the old one has the connection. */
  @Test
  void aReloadDoesNotMakeConnectionsVanish() throws Exception {
    long before = site.haproxy.worker();
    try (Held held = held()) {
      site.converge(drained());
      site.haproxy.reload();
      site.converge(drained());
      Drain drain = watch(Phase.EMPTY, 5);
      assertThat(drain.running()).isTrue();
      assertThat(drain.connections()).isEmpty();
      assertThat(held.finish().status()).isEqualTo(200);
    }
    await().until(() -> ProcessHandle.of(before).isEmpty());
    assertThat(watch(Phase.EMPTY, 5).phase()).isEqualTo(Phase.EMPTY);
  }
}
