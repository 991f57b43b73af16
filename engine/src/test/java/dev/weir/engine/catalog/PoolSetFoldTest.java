package dev.weir.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.catalog.PoolSetState.Naming;
import dev.weir.engine.catalog.PoolSetState.Policy;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pools come at once, and go under the guard's eyes. */
class PoolSetFoldTest {

  private static final SourceName SOURCE = new SourceName("services/consul-pools");
  private static final Duration LINGER = Duration.ofHours(1);
  private static final Policy POLICY =
      new Policy(new GuardPolicy(0.5, Duration.ofSeconds(60), Duration.ofHours(24)), 5, LINGER);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private PoolSetState state = PoolSetState.start(SOURCE, new TreeMap<>());
  private final List<Event> events = new ArrayList<>();

  @Test
  void nothingIsKnownBeforeTheFirstReportAndAnEmptyReportIsOne() {
    assertThat(state.settled()).isFalse();
    report();
    assertThat(state.settled()).isTrue();
    assertThat(state.pools()).isEmpty();
  }

  @Test
  void aFewThatGoMayLingerAndAreThenNobodys() {
    report("a", "b", "c", "d");
    report("a", "b", "c");
    assertThat(naming("d")).isEqualTo(new Naming.Gone(now));
    assertThat(PoolSetFold.lingered(state, POLICY, now)).isEmpty();
    assertThat(PoolSetFold.nextDue(state, POLICY)).contains(now.plus(LINGER));

    now = now.plus(LINGER);
    assertThat(PoolSetFold.lingered(state, POLICY, now)).containsExactly("d");
    state = PoolSetFold.drop(state, List.of("d"));
    assertThat(state.pools()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void noPoolHasLingeredWhileItsSourceCannotLook() {
    report("a", "b", "c", "d");
    report("a", "b", "c");
    take(new PoolsReport.Unavailable("refused"));
    now = now.plus(LINGER);
    tick();
    assertThat(PoolSetFold.lingered(state, POLICY, now)).isEmpty();
    assertThat(PoolSetFold.nextDue(state, POLICY)).isEmpty();

    report("a", "b", "c");
    assertThat(PoolSetFold.lingered(state, POLICY, now)).containsExactly("d");
  }

  @Test
  void noPoolOfAFormerRunHasLingeredBeforeTheFirstReport() {
    Naming gone = new Naming.Gone(now);
    TreeMap<String, PoolSetState.Known> pools = new TreeMap<>();
    pools.put("a", new PoolSetState.Known(FoundPool.of("a"), gone));
    pools.put("b", new PoolSetState.Known(FoundPool.of("b"), gone));
    state = PoolSetState.start(SOURCE, pools);
    now = now.plus(LINGER);
    assertThat(PoolSetFold.lingered(state, POLICY, now)).isEmpty();
    assertThat(PoolSetFold.nextDue(state, POLICY)).isEmpty();

    report("a");
    assertThat(PoolSetFold.lingered(state, POLICY, now)).containsExactly("b");
  }

  @Test
  void poolsThatLingerLeaveRoomForOthersButNotWithoutEnd() {
    report("a", "b", "c", "d", "e");
    report("a", "b", "c");
    report("a", "b", "c", "f", "g");
    assertThat(state.pools()).containsOnlyKeys("a", "b", "c", "d", "e", "f", "g");
    now = now.plus(Duration.ofMinutes(2));
    report("a", "b", "c");
    report("a", "b", "c", "h", "i");
    now = now.plus(Duration.ofMinutes(2));
    report("a", "b", "c");
    report("a", "b", "c", "j", "k");
    assertThat(state.pools()).hasSize(10).containsKey("j").doesNotContainKey("k");
    assertThat(state.report().orElseThrow().remarks())
        .containsExactly("1 more pools than limit: 5 allows are left out");
  }

  @Test
  void mostThatGoAtOnceAreHeldUntilTheyAreNamedAgain() {
    report("a", "b", "c", "d");
    report("a");
    assertThat(List.of(naming("b"), naming("c"), naming("d")))
        .allMatch(Naming.Held.class::isInstance);
    assertThat(told(EventKind.GUARD_HELD)).hasSize(1);
    assertThat(told(EventKind.GUARD_HELD).getFirst().message())
        .isEqualTo("holds 3 pools: going would take 3 of 4 pools within 1m, max_loss is 50%");

    report("a", "b", "c", "d");
    assertThat(state.pools().values()).allMatch(k -> k.naming() instanceof Naming.Named);
    assertThat(told(EventKind.GUARD_RELEASED)).hasSize(1);
  }

  @Test
  void lossesAddUpWithinTheWindow() {
    report("a", "b", "c", "d");
    report("a", "b", "c");
    report("a", "b");
    assertThat(naming("c")).isInstanceOf(Naming.Gone.class);
    report("a");
    assertThat(naming("b")).isInstanceOf(Naming.Held.class);
  }

  @Test
  void poolsThatAreHeldCountForWhatFurtherReportsLack() {
    report("a", "b", "c", "d", "e");
    report("a", "b");
    Naming held = naming("c");
    now = now.plus(Duration.ofHours(1));
    report("a", "b");
    assertThat(told(EventKind.GUARD_HELD)).hasSize(1);
    report("a");
    assertThat(naming("b")).isInstanceOf(Naming.Held.class);
    assertThat(naming("c")).isEqualTo(held);
    assertThat(told(EventKind.GUARD_HELD).getLast().message())
        .isEqualTo("holds 4 pools: going would take 4 of 5 pools within 1m, max_loss is 50%");

    report("a", "b", "c", "d");
    assertThat(naming("e")).isEqualTo(held);
    report("a", "b", "c");
    assertThat(naming("d")).isEqualTo(new Naming.Gone(now));
  }

  @Test
  void aHoldEndsAfterItsTime() {
    report("a", "b", "c");
    report();
    now = now.plus(Duration.ofHours(24));
    tick();
    assertThat(naming("a")).isEqualTo(new Naming.Gone(now));
    assertThat(told(EventKind.GUARD_RELEASED)).hasSize(1);
  }

  @Test
  void aFullSwapIsNoLoss() {
    report("a", "b");
    report("c", "d");
    assertThat(naming("a")).isInstanceOf(Naming.Gone.class);
    assertThat(told(EventKind.GUARD_HELD)).isEmpty();
  }

  @Test
  void moreThanTheLimitAreLeftOutAndTheKnownStay() {
    report("m", "n", "o", "p");
    report("a", "b", "c", "m", "n", "o", "p");
    assertThat(state.pools()).containsOnlyKeys("a", "m", "n", "o", "p");
    assertThat(state.report().orElseThrow().remarks())
        .containsExactly("2 more pools than limit: 5 allows are left out");
  }

  @Test
  void aSourceThatCannotLookChangesNothingAndIsToldOnce() {
    report("a", "b");
    take(new PoolsReport.Unavailable("refused"));
    take(new PoolsReport.Unavailable("refused"));
    assertThat(state.pools()).containsOnlyKeys("a", "b");
    assertThat(told(EventKind.SOURCE_LOST)).hasSize(1);
    assertThat(told(EventKind.SOURCE_LOST).getFirst().message())
        .isEqualTo("refused; keeping its last 2 pools");

    now = now.plus(Duration.ofMinutes(5));
    tick();
    tick();
    assertThat(told(EventKind.SOURCE_STALE)).hasSize(1);
    report("a", "b");
    assertThat(told(EventKind.SOURCE_BACK)).hasSize(1);
    assertThat(state.failure()).isEmpty();
  }

  private void report(String... keys) {
    take(PoolsReport.Complete.of(Arrays.stream(keys).map(FoundPool::of).toList()));
  }

  private void take(PoolsReport report) {
    PoolSetFold.Result result = PoolSetFold.report(state, report, POLICY, now);
    state = result.state();
    events.addAll(result.events());
  }

  private void tick() {
    PoolSetFold.Result result = PoolSetFold.tick(state, now);
    state = result.state();
    events.addAll(result.events());
  }

  private Naming naming(String key) {
    return Optional.ofNullable(state.pools().get(key)).orElseThrow().naming();
  }

  private List<Event> told(EventKind kind) {
    return events.stream().filter(event -> event.kind() == kind).toList();
  }
}
