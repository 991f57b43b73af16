package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.Probing;
import dev.weir.engine.keeper.HostLookup;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Mailbox;
import dev.weir.engine.keeper.Seams;
import dev.weir.engine.reconcile.Appeals;
import dev.weir.engine.reconcile.AtProxy;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.Address;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.model.SourceName;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long what somebody set at a proxy itself stays a decision. */
class ExternalDecisionsTest {

  private static final PoolId WEB = new PoolId("web");
  private static final ProxyName EDGE = new ProxyName("edge");
  private static final ProxyName INNER = new ProxyName("inner");
  private static final Duration MAX_HOLD = PoolPolicy.DEFAULT.guard().maxHold();

  private final ManualTime time = new ManualTime();
  private final FakeStore store = new FakeStore();
  private final List<Event> events = new ArrayList<>();
  private Keeper keeper;
  private ExternalDecisions decisions;

  /** Checks nobody. */
  private static final class NoProbes implements Probing {
    @Override
    public void follow(PoolId pool, List<Candidate> members) {}

    @Override
    public void look(Candidate member) {}
  }

  @BeforeEach
  void open() throws Exception {
    SourceName source = SourceName.of(WEB, "static");
    keeper =
        Keeper.open(
            new Seams(
                new Mailbox(time),
                time,
                new NoProbes(),
                events::add,
                new Seams.Stores(store, store),
                HostLookup.SYSTEM,
                (name, pulse) -> () -> {}),
            List.of(
                new PoolDefinition(
                    WEB,
                    PoolPolicy.DEFAULT,
                    List.of(new PoolDefinition.SourceBinding(source, true)))));
    decisions = new ExternalDecisions(keeper, Pauses.open(store, time, events::add), time);
  }

  private static AtProxy drained(String address) {
    MemberId member = new MemberId(WEB, Address.parse(address));
    return new AtProxy(member, ServerState.READY, ServerState.DRAIN);
  }

  private List<OperatorOverride> overrides() {
    var _ = keeper.step();
    return Objects.requireNonNull(keeper.inputs().pools().get(WEB), "web").overrides();
  }

  /** A proxy that was taken away left its members out of all others for good. */
  @Test
  void endsWhenTheGuardWouldNotHoldAnyLonger() {
    assertThat(decisions.decided(EDGE, List.of(drained("10.0.0.1:80"))))
        .isEqualTo(Appeals.Answer.TAKEN);
    Attribution attribution = overrides().getFirst().attribution();
    assertThat(attribution.by()).isEqualTo("external@edge");
    assertThat(attribution.until()).contains(time.now().plus(MAX_HOLD));

    time.advance(MAX_HOLD.minus(Duration.ofMinutes(1)));
    assertThat(overrides()).hasSize(1);
    assertThat(events).extracting(Event::kind).contains(EventKind.OVERRIDE_EXPIRING);
    time.advance(Duration.ofMinutes(1));
    assertThat(overrides()).isEmpty();
    assertThat(events).extracting(Event::kind).contains(EventKind.OVERRIDE_EXPIRED);
  }

  @Test
  void aClockThatIsSetBackOrForthEndsItByWhatTheClockSays() {
    var _ = decisions.decided(EDGE, List.of(drained("10.0.0.1:80")));
    time.jump(Duration.ofHours(-3));
    assertThat(overrides()).hasSize(1);
    time.advance(MAX_HOLD);
    assertThat(overrides()).hasSize(1);

    time.jump(Duration.ofHours(3));
    assertThat(overrides()).isEmpty();
    assertThat(events).extracting(Event::kind).containsOnlyOnce(EventKind.OVERRIDE_EXPIRED);
  }

  @Test
  void endsWithTheProxyWhereItWasMade() {
    var _ = decisions.decided(EDGE, List.of(drained("10.0.0.1:80")));
    var _ = decisions.decided(INNER, List.of(drained("10.0.0.2:80")));
    assertThat(overrides()).hasSize(2);

    decisions.keepOnly(Set.of(EDGE));

    assertThat(overrides())
        .extracting(override -> override.attribution().by())
        .containsExactly("external@edge");
    assertThat(events.getLast().by()).isEqualTo(Optional.of("weir"));
  }
}
