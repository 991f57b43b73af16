package dev.weir.engine.resolve;

import static dev.weir.engine.resolve.Pools.down;
import static dev.weir.engine.resolve.Pools.endpoint;
import static dev.weir.engine.resolve.Pools.id;
import static dev.weir.engine.resolve.Pools.member;
import static dev.weir.engine.resolve.Pools.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.keeper.Resolutions;
import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride.Add;
import dev.weir.model.OperatorOverride.Disable;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.OperatorOverride.Remove;
import dev.weir.model.OperatorOverride.Weight;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import dev.weir.model.Presence.Evidence;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.ServerState;
import dev.weir.model.Standing;
import dev.weir.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a member, rule by rule; each test names the decision it stands for. */
class ResolverTest {
  private final Pools web = new Pools();

  /** Every member as {@code name state cause}, or {@code name absent cause}, in order. */
  private List<String> resolved(Endpoint... served) {
    Map<Endpoint, ServerState> adopted = new HashMap<>();
    for (Endpoint endpoint : served) {
      adopted.put(endpoint, ServerState.READY);
    }
    return resolved(adopted);
  }

  private List<String> resolved(Map<Endpoint, ServerState> adopted) {
    DesiredPool pool = Resolver.resolve(web.build(), adopted);
    List<String> lines =
        new ArrayList<>(
            pool.members().stream()
                .map(m -> m.name() + " " + m.state().word() + " " + m.because().cause())
                .toList());
    pool.absent()
        .forEach(m -> lines.add(m.member().name().orElse("?") + " absent " + m.because().cause()));
    return lines;
  }

  @Nested
  class ByItsCheck {
    @Test
    void presentAndPassingServes() {
      web.has(1, up());
      assertThat(resolved()).containsExactly("m1 ready CHECK_PASSED");
    }

    @Test
    void presentAndRefusingIsOutAndNeitherGuardNorFloorKeepsIt() {
      web.has(1, down(Kind.REFUSED)).has(2, down(Kind.REFUSED));
      assertThat(resolved()).containsExactly("m1 maint CHECK_FAILED", "m2 maint CHECK_FAILED");
    }

    @Test
    void presentAndTimingOutIsOutWhileTheFloorIsSafe() {
      web.has(1, up()).has(2, down(Kind.TIMEOUT)).has(3, down(Kind.STATUS));
      assertThat(resolved())
          .containsExactly(
              "m1 ready CHECK_PASSED", "m2 maint CHECK_FAILED", "m3 maint CHECK_FAILED");
    }

    @Test
    void belowTheFloorAllThatFailSoftlyAreKept() {
      web.with(p -> p.withFloor(2));
      web.has(1, up()).has(2, down(Kind.TIMEOUT)).has(3, down(Kind.STATUS));
      web.has(4, down(Kind.REFUSED));
      assertThat(resolved())
          .containsExactly(
              "m1 ready CHECK_PASSED", "m2 ready KEPT", "m3 ready KEPT", "m4 maint CHECK_FAILED");
    }

    @Test
    void whatTheGuardKeepsServes() {
      web.has(1, up());
      web.has(2, new Presence.Kept("would take 3 of 4", Pools.THEN), down(Kind.TIMEOUT));
      assertThat(resolved()).containsExactly("m1 ready CHECK_PASSED", "m2 ready KEPT");
    }

    @Test
    void aMemberThatNeverPassedIsNotKeptEither() {
      web.has(1, Standing.KNOWN, down(Kind.TIMEOUT)).has(2, Standing.ARRIVED, down(Kind.STATUS));
      assertThat(resolved()).containsExactly("m1 absent CHECK_FAILED", "m2 absent CHECK_FAILED");
    }

    @Test
    void withoutACheckDiscoveryDecides() {
      web.withoutCheck().has(1, Health.UNKNOWN);
      assertThat(resolved()).containsExactly("m1 ready DISCOVERED");
    }
  }

  @Nested
  class BeforeTheFirstConclusion {
    @Test
    void aMemberThatTheProxyDoesNotKnowNeedsAFirstSuccess() {
      web.has(1, Standing.KNOWN, Health.UNKNOWN).has(2, Standing.ARRIVED, Health.UNKNOWN);
      assertThat(resolved()).containsExactly("m1 absent FIRST_CHECK", "m2 absent FIRST_CHECK");
    }

    @Test
    void aMemberThatTheProxyServesAlreadyStaysAsItIs() {
      web.has(1, Standing.KNOWN, Health.UNKNOWN).has(2, Standing.KNOWN, Health.UNKNOWN);
      assertThat(resolved(endpoint(1)))
          .containsExactly("m1 ready ADOPTED", "m2 absent FIRST_CHECK");
    }

    @Test
    void aMemberThatTheProxyHasInMaintenanceStaysSoUntilItsCheckPasses() {
      web.has(1, Standing.KNOWN, Health.UNKNOWN).has(2, Standing.KNOWN, down(Kind.TIMEOUT));
      Map<Endpoint, ServerState> had =
          Map.of(endpoint(1), ServerState.MAINT, endpoint(2), ServerState.MAINT);

      assertThat(resolved(had)).containsExactly("m1 maint ADOPTED", "m2 ready KEPT");

      web.has(3, up());
      assertThat(resolved(had))
          .containsExactly("m1 maint ADOPTED", "m2 maint CHECK_FAILED", "m3 ready CHECK_PASSED");
    }

    @Test
    void whoLeftAndCameBackIsNotAdoptedAnyMore() {
      web.has(1, Standing.ARRIVED, Health.UNKNOWN);
      assertThat(resolved(endpoint(1))).containsExactly("m1 absent FIRST_CHECK");
    }

    @Test
    void anAdoptedMemberThatFailsSoftlyIsKeptByTheFloor() {
      web.has(1, Standing.KNOWN, down(Kind.STATUS));
      assertThat(resolved(endpoint(1))).containsExactly("m1 ready KEPT");
    }

    @Test
    void aNewCheckLeavesAProvenMemberInPlace() {
      web.has(1, Standing.PROVEN, Health.UNKNOWN);
      assertThat(resolved()).containsExactly("m1 ready ADOPTED");
    }

    @Test
    void aRememberedMemberWithoutACheckNeedsOneAnswer() {
      web.withoutCheck();
      web.has(member(1), new Presence.Remembered(Pools.THEN), Standing.KNOWN, Health.UNKNOWN);
      assertThat(resolved()).containsExactly("m1 absent FIRST_CHECK");
      assertThat(resolved(endpoint(1))).containsExactly("m1 ready DISCOVERED");
    }
  }

  @Nested
  class BySources {
    @Test
    void whoLeftAndStillAnswersIsDrained() {
      web.has(1, new Presence.Leaving(Evidence.SOFT, "missing", Pools.THEN), up());
      assertThat(resolved()).containsExactly("m1 drain DEPARTED");
    }

    @Test
    void whoIsHeldServes() {
      web.has(
          1, new Presence.Held("would take 3 of 4", Pools.THEN, Optional.empty(), Set.of()), up());
      assertThat(resolved()).containsExactly("m1 ready HELD");
    }

    @Test
    void whoWaitsForReliefServes() {
      web.has(1, new Presence.Outgoing(Evidence.SOFT, "missing", Pools.THEN, Set.of(id(2))), up());
      assertThat(resolved()).containsExactly("m1 ready OUTGOING");
    }

    @Test
    void whoIsDrainingByItsSourceIsDrained() {
      web.has(
          member(1).withCondition(Condition.DRAINING),
          new Presence.Present(),
          Standing.PROVEN,
          down(Kind.REFUSED));
      assertThat(resolved()).containsExactly("m1 drain SOURCE_DRAINING");
    }

    @Test
    void anUnresolvedHostNameWaits() {
      MemberId host = new MemberId(Pools.WEB, Address.parse("db.internal:5432"));
      Member db = Member.of(host, Pools.FILE).withName("db");
      web.has(db, new Presence.Present(), Standing.PROVEN, up());
      assertThat(resolved()).containsExactly("db absent UNRESOLVED");

      web.resolved.put(
          new Address.Host("db.internal", 5432), (Endpoint.Ip) Address.parse("10.9.9.9:5432"));
      DesiredMember carried = Resolver.resolve(web.build(), Map.of()).members().getFirst();
      assertThat(carried.endpoint()).hasToString("10.9.9.9:5432");
      assertThat(carried.id()).isEqualTo(host);
    }

    @Test
    void readyBackupsArePassedOnAsTheyAre() {
      web.has(member(1).withBackup(true), new Presence.Present(), Standing.PROVEN, up());
      web.has(member(2).withBackup(true), new Presence.Present(), Standing.PROVEN, up());
      assertThat(Resolver.resolve(web.build(), Map.of()).members())
          .allMatch(DesiredMember::backup)
          .hasSize(2);
    }
  }

  @Nested
  class ByOperators {
    @Test
    void anOverrideBeatsHealthAndDiscovery() {
      web.has(1, up()).has(2, down(Kind.REFUSED)).has(3, up());
      web.decides(1, new Disable()).decides(2, new Drain()).decides(3, new Remove());
      assertThat(resolved())
          .containsExactly(
              "m1 maint OPERATOR_DISABLE", "m2 drain OPERATOR_DRAIN", "m3 absent OPERATOR_REMOVE");
    }

    @Test
    void theFloorDoesNotArgueWithAnOperator() {
      web.with(p -> p.withFloor(2)).has(1, up()).has(2, down(Kind.TIMEOUT));
      web.decides(1, new Disable()).decides(2, new Disable());
      assertThat(resolved())
          .containsExactly("m1 maint OPERATOR_DISABLE", "m2 maint OPERATOR_DISABLE");
    }

    @Test
    void anAddedMemberNeedsItsFirstSuccessLikeAnyOther() {
      web.decides(1, new Add(member(1)));
      assertThat(resolved()).containsExactly("m1 absent FIRST_CHECK");

      web.health.put(id(1), up());
      assertThat(resolved()).containsExactly("m1 ready CHECK_PASSED");
    }

    @Test
    void anAddedMemberServesAlthoughItLeft() {
      web.has(1, new Presence.Leaving(Evidence.SOFT, "missing", Pools.THEN), up());
      web.decides(1, new Add(member(1)));
      assertThat(resolved()).containsExactly("m1 ready CHECK_PASSED");
    }

    @Test
    void aWeightIsTakenFromTheOperator() {
      web.has(member(1).withWeight(7), new Presence.Present(), Standing.PROVEN, up());
      web.decides(1, new Weight(42));
      assertThat(Resolver.resolve(web.build(), Map.of()).members().getFirst().weight())
          .isEqualTo(42);
    }

    @Test
    void theNarrowerTargetWinsThenTheLater() {
      TreeMap<String, String> none = new TreeMap<>();
      web.has(1, up()).has(2, up());
      web.decides(1, new Drain());
      web.decides(new Target.InPool(Pools.WEB, none), new Disable());
      web.decides(new Target.Everywhere(none), new Drain());
      assertThat(resolved())
          .containsExactly("m1 drain OPERATOR_DRAIN", "m2 maint OPERATOR_DISABLE");

      web.decides(new Target.InPool(Pools.WEB, none), new Drain());
      assertThat(resolved()).contains("m2 drain OPERATOR_DRAIN");
    }

    @Test
    void theReasonNamesWhoAndWhy() {
      web.has(1, up()).decides(1, new Drain());
      assertThat(Resolver.resolve(web.build(), Map.of()).members().getFirst().because().detail())
          .isEqualTo("drained by alice: why");
    }
  }

  @Nested
  class WhenEmpty {
    @Test
    void thePolicyIsPassedOn() {
      EmptyPolicy fallback = new EmptyPolicy.Fallback(endpoint(9));
      web.with(p -> p.withEmpty(fallback)).has(1, down(Kind.REFUSED));
      DesiredPool pool = Resolver.resolve(web.build(), Map.of());

      assertThat(pool.withoutReadyMember()).isTrue();
      assertThat(pool.empty()).isEqualTo(fallback);
    }

    @Test
    void keepServesTheLastMembersThatWereReady() {
      web.with(p -> p.withEmpty(new EmptyPolicy.Keep())).has(1, down(Kind.REFUSED));
      web.lastReady.addAll(List.of(member(1), member(2)));
      assertThat(resolved()).containsExactly("m1 ready LAST_MEMBERS", "m2 ready LAST_MEMBERS");
    }

    @Test
    void keepDoesNotBringBackWhatAnOperatorTookOut() {
      web.with(p -> p.withEmpty(new EmptyPolicy.Keep())).has(1, up()).has(2, up());
      web.lastReady.addAll(List.of(member(1), member(2)));
      web.decides(1, new Disable()).decides(2, new Remove());
      assertThat(resolved())
          .containsExactly("m1 maint OPERATOR_DISABLE", "m2 absent OPERATOR_REMOVE");
    }

    @Test
    void keepChangesNothingWhileOneServes() {
      web.with(p -> p.withEmpty(new EmptyPolicy.Keep())).has(1, up()).has(2, down(Kind.REFUSED));
      web.lastReady.addAll(List.of(member(1), member(2)));
      assertThat(resolved()).containsExactly("m1 ready CHECK_PASSED", "m2 maint CHECK_FAILED");
    }
  }

  @Nested
  class WholeState {
    @Test
    void unchangedPoolsAreTheSameInstances() {
      PoolInputs pool = web.has(1, up()).build();
      Resolver resolver = new Resolver();
      DesiredPool first = only(resolver, inputs(1, pool));

      assertThat(only(resolver, inputs(2, pool))).isSameAs(first);
      assertThat(only(resolver, inputs(3, web.has(2, up()).build()))).isNotEqualTo(first);
    }

    @Test
    void severalProxiesWithTheSameInputsShareOneAnswer() {
      PoolInputs pool = web.has(1, up()).build();
      Resolutions resolutions = new Resolutions();
      DesiredPool first = only(new Resolver(resolutions), inputs(1, pool));

      assertThat(only(new Resolver(resolutions), inputs(1, pool))).isSameAs(first);
    }

    @Test
    void proxiesThatHadOtherMembersShareNothing() {
      PoolInputs pool = web.has(1, Standing.KNOWN, Health.UNKNOWN).build();
      Resolutions resolutions = new Resolutions();

      assertThat(resolutions.of(pool, Map.of(endpoint(1), ServerState.READY)).members()).hasSize(1);
      assertThat(resolutions.of(pool, Map.of(endpoint(1), ServerState.DRAIN)).members())
          .extracting(DesiredMember::state)
          .containsExactly(ServerState.DRAIN);
      assertThat(resolutions.of(pool, Map.of()).members()).isEmpty();
    }

    @Test
    void aMemberThatAnOperatorAddedIsEachProxysOwnQuestion() {
      PoolInputs pool = web.decides(1, new Add(member(1))).build();
      Resolutions resolutions = new Resolutions();

      assertThat(resolutions.of(pool, Map.of(endpoint(1), ServerState.READY)).members()).hasSize(1);
      assertThat(resolutions.of(pool, Map.of()).members()).isEmpty();
    }

    @Test
    void adoptionIsPartOfTheQuestion() {
      PoolInputs pool = web.has(1, Standing.KNOWN, Health.UNKNOWN).build();
      Resolver resolver = new Resolver();

      assertThat(only(resolver, inputs(1, pool)).members()).isEmpty();
      assertThat(
              resolver
                  .resolve(
                      inputs(1, pool), List.of(Pools.WEB), Map.of(endpoint(1), ServerState.READY))
                  .pools()
                  .getFirst()
                  .members())
          .hasSize(1);
    }

    @Test
    void aPoolThatIsNotThereIsLeftOut() {
      assertThat(new Resolver().resolve(Inputs.NONE, List.of(Pools.WEB), Map.of()).pools())
          .isEmpty();
    }

    private DesiredPool only(Resolver resolver, Inputs inputs) {
      return resolver.resolve(inputs, List.of(Pools.WEB), Map.of()).pools().getFirst();
    }

    private Inputs inputs(long generation, PoolInputs pool) {
      return new Inputs(generation, true, Map.of(Pools.WEB, pool), Map.of());
    }
  }
}
