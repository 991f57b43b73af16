package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.API;
import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.Candidate;
import dev.weir.engine.run.Latest;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the keeper makes of news: inputs, generations, events, and orders to the prober. */
class KeeperTest {
  private final KeeperRig rig = new KeeperRig();

  private KeeperRig checkedWeb() {
    return rig.start(pool(WEB, KeeperRig::checked, "file"));
  }

  private KeeperRig plainWebAndApi() {
    return rig.start(
        pool(WEB, UnaryOperator.identity(), "file"), pool(API, UnaryOperator.identity(), "file"));
  }

  @Nested
  class Publishing {
    @Test
    void newsBecomesInputsOfTheNextGeneration() {
      plainWebAndApi();
      long before = rig.inputs().generation();

      rig.reports(WEB, 1, 2).step();

      assertThat(rig.members(WEB)).containsExactly(id(WEB, 1), id(WEB, 2));
      assertThat(rig.inputs().generation()).isEqualTo(before + 1);
      assertThat(rig.events).allMatch(e -> e.generation().orElse(0) == before + 1);
    }

    @Test
    void nothingNewNothingHappens() {
      plainWebAndApi().reports(WEB, 1, 2).reports(API, 1).step();
      Inputs before = rig.inputs();
      rig.events.clear();

      rig.reports(WEB, 2, 1).reports(API, 1).step();

      assertThat(rig.inputs().generation()).isEqualTo(before.generation());
      assertThat(rig.told()).isEmpty();
    }

    @Test
    void aPoolThatDidNotChangeKeepsItsInstance() {
      plainWebAndApi().reports(WEB, 1).reports(API, 1).step();
      PoolInputs api = rig.inputs(API);

      rig.reports(WEB, 1, 2).step();

      assertThat(rig.inputs(API)).isSameAs(api);
    }

    @Test
    void allNewsThatIsThereIsPublishedOnce() {
      plainWebAndApi().step();
      long before = rig.inputs().generation();

      rig.reports(WEB, 1).reports(WEB, 1, 2).reports(API, 3).step();

      assertThat(rig.inputs().generation()).isEqualTo(before + 1);
    }

    @Test
    void readersGetTheNewestInputsAndThoseOfNowAtOnce() {
      plainWebAndApi();
      Latest<Inputs> reader = new Latest<>(rig.time);
      rig.keeper().subscribe(reader);
      assertThat(reader.peekNow()).contains(rig.inputs());

      rig.reports(WEB, 1).step();
      rig.reports(WEB, 1, 2).step();
      assertThat(reader.peekNow()).contains(rig.inputs());

      rig.keeper().unsubscribe(reader);
      rig.reports(WEB, 1, 2, 3).step();
      assertThat(reader.peekNow()).isPresent().get().isNotEqualTo(rig.inputs());
    }

    @Test
    void aSourceThatCannotLookIsShownAndTold() {
      plainWebAndApi().reports(WEB, 1).step();
      rig.told();

      rig.reports(WEB, new SourceReport.Unavailable("no such file")).step();

      assertThat(rig.members(WEB)).hasSize(1);
      assertThat(rig.inputs().sources().get(SourceName.of(WEB, "file")))
          .extracting(SourceState::failure)
          .isNotEqualTo(Optional.empty());
      assertThat(rig.told()).containsExactly("source.lost");
      rig.later(Duration.ofMinutes(6));
      assertThat(rig.told()).containsExactly("source.stale");
    }

    @Test
    void newsOfSourcesAndMembersThatAreNobodysIsIgnored() {
      checkedWeb().reports(WEB, 1).step();
      rig.told();
      Inputs before = rig.inputs();

      rig.passes(WEB, 9).passes(API, 1);
      rig.mailbox.sink(SourceName.of(API, "file")).report(SourceReport.Complete.of(List.of()));
      rig.step();

      assertThat(rig.inputs()).isSameAs(before);
      assertThat(rig.told()).isEmpty();
    }
  }

  @Nested
  class Checking {
    @Test
    void membersOfAPoolWithACheckAreFollowedUntilTheyAreGone() {
      checkedWeb().reports(WEB, 1, 2, 3, 4).step();
      assertThat(rig.followed.getOrDefault(WEB, List.of())).hasSize(4);

      rig.passes(WEB, 1, 2, 3, 4).reports(WEB, 1, 2, 3).step();
      assertThat(rig.followed.getOrDefault(WEB, List.of()))
          .as("one that drains is probed on")
          .hasSize(4);

      rig.later(Duration.ofSeconds(31));
      assertThat(rig.followed.getOrDefault(WEB, List.of()))
          .extracting(Candidate::id)
          .containsExactly(id(WEB, 1), id(WEB, 2), id(WEB, 3));
    }

    @Test
    void membersOfAPoolWithoutACheckAreOnlyLookedAtWhenTheyGo() {
      plainWebAndApi().reports(WEB, 1, 2).step();
      assertThat(rig.followed).isEmpty();

      rig.reports(WEB, 1).step();

      assertThat(rig.looks).extracting(Candidate::id).containsExactly(id(WEB, 2));
    }

    @Test
    void conclusionsAreTakenIntoTheInputsAndTold() {
      checkedWeb().reports(WEB, 1).step();
      rig.told();

      rig.passes(WEB, 1).step();
      rig.fails(WEB, Kind.REFUSED, 1).step();

      assertThat(rig.inputs(WEB).healthOf(id(WEB, 1))).isInstanceOf(Health.Down.class);
      assertThat(rig.told()).startsWith("member.up", "member.down");
    }

    @Test
    void whoLeavesAndComesBackIsUnknownAgain() {
      checkedWeb().reports(WEB, 1, 2, 3).step();
      rig.passes(WEB, 1, 2, 3).step();
      rig.reports(WEB, 1, 2).step().later(Duration.ofSeconds(31));

      rig.reports(WEB, 1, 2, 3).step();

      assertThat(rig.inputs(WEB).healthOf(id(WEB, 3))).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void whoLeavesAndComesBackInOneStepKeepsWhatIsKnown() {
      checkedWeb().reports(WEB, 1, 2, 3).step();
      rig.passes(WEB, 1, 2, 3).step();

      rig.reports(WEB, 1, 2).reports(WEB, 1, 2, 3).step();

      assertThat(rig.inputs(WEB).healthOf(id(WEB, 3))).isInstanceOf(Health.Up.class);
    }

    @Test
    void aFullSwapWaitsForTheNewMembers() {
      checkedWeb().reports(WEB, 1, 2).step();
      rig.passes(WEB, 1, 2).step();

      rig.reports(WEB, 3, 4).step();
      assertThat(presence(1)).isInstanceOf(Presence.Outgoing.class);
      rig.passes(WEB, 3, 4).step();

      assertThat(presence(1)).isInstanceOf(Presence.Leaving.class);
    }

    private Presence presence(int n) {
      return rig.inputs(WEB).pool().find(id(WEB, n)).orElseThrow().presence();
    }
  }

  @Nested
  class Starting {
    @Test
    void startedOnceEveryMemberHasAFirstConclusion() {
      checkedWeb().step();
      assertThat(rig.inputs().started()).as("nothing heard yet").isFalse();
      rig.reports(WEB, 1, 2).step();
      assertThat(rig.inputs().started()).as("nothing concluded yet").isFalse();
      rig.passes(WEB, 1).step();
      assertThat(rig.inputs().started()).isFalse();

      rig.fails(WEB, Kind.TIMEOUT, 2).step();

      assertThat(rig.inputs().started()).isTrue();
    }

    @Test
    void orWhenTheStartLimitHasPassed() {
      checkedWeb().reports(WEB, 1).step();

      rig.later(Duration.ofMillis(4999));
      assertThat(rig.inputs().started()).isFalse();
      rig.later(Duration.ofMillis(1));

      assertThat(rig.inputs().started()).isTrue();
    }

    @Test
    void aPoolWithoutACheckStartsWithItsFirstReport() {
      plainWebAndApi().reports(WEB, 1).step();
      assertThat(rig.inputs().started()).isFalse();

      rig.reports(API, 1).step();

      assertThat(rig.inputs().started()).isTrue();
    }

    @Test
    void onceStartedItStaysSo() {
      plainWebAndApi().reports(WEB, 1).reports(API, 1).step();

      rig.reports(WEB, 1, 2).step();

      assertThat(rig.inputs().started()).isTrue();
    }
  }

  @Nested
  class Filling {
    @Test
    void emptyAndFilledAreToldOncePerTransition() {
      checkedWeb().reports(WEB, 1, 2).step();
      rig.passes(WEB, 1, 2).step();
      rig.told();

      rig.fails(WEB, Kind.REFUSED, 1).step();
      assertThat(rig.told()).containsExactly("member.down");
      rig.fails(WEB, Kind.REFUSED, 2).step();
      assertThat(rig.told()).containsExactly("member.down", "pool.empty");
      rig.passes(WEB, 2).step();
      assertThat(rig.told()).containsExactly("member.up", "pool.filled");
    }

    @Test
    void aPoolThatIsEmptyAtTheStartIsToldOnceItIsKnown() {
      plainWebAndApi().reports(WEB, 1).reports(API).step();

      assertThat(rig.told(EventKind.POOL_EMPTY)).isEqualTo(1);
    }

    @Test
    void membersKeptAgainstTheirChecksAreTold() {
      checkedWeb().reports(WEB, 1, 2).step();
      rig.passes(WEB, 1, 2).step();
      rig.told();

      rig.fails(WEB, Kind.TIMEOUT, 1, 2).step();

      assertThat(rig.told())
          .containsExactly("member.down", "member.down", "member.kept", "member.kept");
    }

    @Test
    void theLastReadyMembersAreRememberedForAPoolThatKeepsThem() {
      rig.start(
          pool(
              WEB,
              p -> KeeperRig.checked(p).withFloor(0).withEmpty(new EmptyPolicy.Keep()),
              "file"));
      rig.reports(WEB, 1, 2).step();
      rig.passes(WEB, 1, 2).step();

      rig.fails(WEB, Kind.REFUSED, 1).step();
      rig.fails(WEB, Kind.REFUSED, 2).step();

      assertThat(rig.inputs(WEB).lastReady()).containsExactly(KeeperRig.member(WEB, 2));
    }
  }

  @Nested
  class BetweenPools {
    @Test
    void anAddressThatAnotherPoolBeginsToNameIsHeldNoLonger() {
      plainWebAndApi().reports(WEB, 1, 2, 3, 4).reports(API, 9).step();
      rig.reports(WEB, 1).step();
      assertThat(rig.told(EventKind.MEMBER_HELD)).isEqualTo(3);

      rig.reports(API, 9, 2).step();

      assertThat(rig.inputs(WEB).pool().find(id(WEB, 2)).orElseThrow().presence())
          .isInstanceOf(Presence.Leaving.class);
      assertThat(rig.inputs(WEB).pool().find(id(WEB, 3)).orElseThrow().presence())
          .isInstanceOf(Presence.Held.class);
    }

    @Test
    void anAddressThatAnotherPoolBeganToNameBeforeIsNotHeld() {
      plainWebAndApi().reports(WEB, 1, 2, 3, 4).reports(API, 9).step();
      rig.time.advance(Duration.ofSeconds(1));
      rig.reports(API, 9, 2).step();

      rig.reports(WEB, 1).step();

      assertThat(rig.inputs(WEB).pool().find(id(WEB, 2)).orElseThrow().presence())
          .isInstanceOf(Presence.Leaving.class);
    }
  }

  @Test
  void healthIsKeptForEveryMemberThatExists() {
    checkedWeb().reports(WEB, 1, 2).step();
    rig.passes(WEB, 1, 2).step();

    assertThat(rig.inputs(WEB).health())
        .isEqualTo(
            Map.of(
                id(WEB, 1),
                new Health.Up(rig.time.now()),
                id(WEB, 2),
                new Health.Up(rig.time.now())));
  }
}
