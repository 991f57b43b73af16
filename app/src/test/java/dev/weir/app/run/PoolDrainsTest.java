package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import dev.weir.testkit.contract.Wanted;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PoolDrainsTest {

  private static final PoolId WEB = new PoolId("web");
  private static final Endpoint B0 = new Endpoint.Ip(InetAddress.ofLiteral("10.0.0.1"), 80);
  private static final MemberId MEMBER = new MemberId(WEB, B0);
  private static final Sync BEHIND = new Sync.Behind("not yet", Optional.empty());
  private static final Optional<DesiredState> DRAINING =
      Optional.of(Wanted.state(Wanted.pool(WEB).drain("b0", B0)));

  private static Drain drain(Phase phase) {
    return new Drain(WEB, "b0", Duration.ofSeconds(3), OptionalInt.of(0), phase);
  }

  private static ProxyStatus status(Optional<DesiredState> desired, Sync sync, Drain... drains) {
    return new ProxyStatus(
        new ProxyName("edge"),
        "haproxy",
        desired,
        sync,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(drains),
        List.of(),
        Optional.empty(),
        new ProxyStatus.Progress(
            1, 1, Optional.empty(), Optional.empty(), Instant.EPOCH, Instant.EPOCH));
  }

  private static boolean empty(ProxyStatus... carriers) {
    return drains(Optional.of(List.of(carriers))).isEmpty(MEMBER);
  }

  private static PoolDrains drains(Optional<List<ProxyStatus>> carriers) {
    return new PoolDrains(WEB, () -> Inputs.NONE, () -> carriers);
  }

  @Test
  void whatAProxyHasSaidIsEmptyOrCutIsEmpty() {
    Sync reached = new Sync.Reached();
    assertThat(empty(status(DRAINING, reached, drain(Phase.EMPTY)))).isTrue();
    assertThat(empty(status(DRAINING, reached, drain(Phase.CUT)))).isTrue();
    assertThat(empty(status(DRAINING, reached, drain(Phase.RUNNING)))).isFalse();
  }

  @Test
  void aProxyThatCountsNothingOrIsBehindHasSaidNothing() {
    assertThat(empty(status(DRAINING, new Sync.Reached()))).isFalse();
    assertThat(empty(status(DRAINING, BEHIND, drain(Phase.EMPTY)))).isFalse();
    assertThat(empty(status(Optional.empty(), new Sync.Reached()))).isFalse();
  }

  @Test
  void whoNeverCarriedItHasNothingOfItAndWhoServesItHas() {
    Optional<DesiredState> without = Optional.of(Wanted.state(Wanted.pool(WEB)));
    Optional<DesiredState> ready = Optional.of(Wanted.state(Wanted.pool(WEB).ready("b0", B0)));
    Optional<DesiredState> maint = Optional.of(Wanted.state(Wanted.pool(WEB).maint("b0", B0)));
    assertThat(empty(status(without, new Sync.Reached()))).isTrue();
    assertThat(empty(status(without, BEHIND))).isFalse();
    assertThat(empty(status(ready, new Sync.Reached()))).isFalse();
    assertThat(empty(status(maint, new Sync.Reached()))).isTrue();
  }

  @Test
  void everyProxyThatCarriesItHasToSaySo() {
    ProxyStatus done = status(DRAINING, new Sync.Reached(), drain(Phase.EMPTY));
    ProxyStatus open = status(DRAINING, new Sync.Reached(), drain(Phase.RUNNING));
    assertThat(empty(done, done)).isTrue();
    assertThat(empty(done, open)).isFalse();
    assertThat(empty()).isFalse();
    assertThat(drains(Optional.empty()).isEmpty(MEMBER)).isFalse();
  }

  @Test
  void thePoolsOwnDeadlineCountsOrTheUsualOneBeforeItIsKnown() {
    assertThat(drains(Optional.empty()).deadline()).isEqualTo(DrainPolicy.DEFAULT.deadline());
  }
}
