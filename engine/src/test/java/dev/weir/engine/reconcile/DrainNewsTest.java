package dev.weir.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.ReconcileMeters.DrainEnd;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.contract.Wanted;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DrainNewsTest {

  private static final PoolId WEB = new PoolId("web");
  private static final Endpoint B0 = new Endpoint.Ip(InetAddress.ofLiteral("10.0.0.1"), 80);
  private static final Optional<DesiredState> DESIRED =
      Optional.of(Wanted.state(Wanted.pool(WEB).drain("b0", B0)));

  private final Proxy proxy = Proxy.of(new ProxyName("inner"), "haproxy", List.of(WEB), Mode.FULL);
  private final List<Event> events = new ArrayList<>();
  private final DrainNews news = new DrainNews(proxy, new ManualTime(), events::add);

  private static Drain drain(Phase phase, int seconds, int connections) {
    return new Drain(WEB, "b0", Duration.ofSeconds(seconds), OptionalInt.of(connections), phase);
  }

  private void take(Drain... drains) {
    news.take(List.of(drains), DESIRED);
  }

  private long ended(DrainEnd end) {
    return proxy.meters().drains(end).snapshot().count();
  }

  @Test
  void theLastConnectionIsToldOnceWithTheMember() {
    take(drain(Phase.RUNNING, 1, 2));
    assertThat(events).isEmpty();
    take(drain(Phase.EMPTY, 12, 0));
    take(drain(Phase.EMPTY, 12, 0));
    assertThat(events).hasSize(1);
    Event event = events.getFirst();
    assertThat(event.kind()).isEqualTo(EventKind.MEMBER_DRAINED);
    assertThat(event.message())
        .isEqualTo("b0 is drained in inner: its last connection has ended, after 12s");
    assertThat(event.subject().member().orElseThrow().address()).isEqualTo(B0);
    assertThat(event.subject().proxy()).contains(new ProxyName("inner"));
    assertThat(ended(DrainEnd.EMPTY)).isEqualTo(1);
    assertThat(proxy.meters().drains(DrainEnd.EMPTY).snapshot().sum())
        .isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void theDeadlineIsToldWithWhatItEnded() {
    take(drain(Phase.RUNNING, 1, 1));
    take(drain(Phase.CUT, 300, 1));
    assertThat(events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.kind()).isEqualTo(EventKind.DRAIN_TIMED_OUT);
          assertThat(event.message()).contains("the deadline has ended 1 connection, after 5m");
        });
    assertThat(ended(DrainEnd.DEADLINE)).isEqualTo(1);
  }

  @Test
  void oneThatIsTakenBackIsOnlyCounted() {
    take(drain(Phase.RUNNING, 1, 1));
    take();
    assertThat(events).isEmpty();
    assertThat(ended(DrainEnd.CANCELLED)).isEqualTo(1);
  }

  /** A driver tells of those that ended lately: they are old news to a new reconciler. */
  @Test
  void oneThatHadEndedBeforeIsNoNews() {
    take(drain(Phase.EMPTY, 12, 0));
    assertThat(events).isEmpty();
    assertThat(ended(DrainEnd.EMPTY)).isZero();
  }
}
