package dev.weir.engine.catalog;

import static dev.weir.engine.catalog.PoolStory.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.Presence.Held;
import dev.weir.model.Presence.Leaving;
import dev.weir.model.Presence.Outgoing;
import dev.weir.model.Presence.Present;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What soft evidence may take: window, share, floor, swaps, and the five ends of a hold. */
class GuardTest {

  @Nested
  class Limits {
    @Test
    void lossesAddUpWithinTheWindow() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");
      web.names(FILE, "abc");
      web.later(Duration.ofSeconds(20));
      web.names(FILE, "ab");
      assertThat(web.those(Held.class)).isEmpty();

      web.later(Duration.ofSeconds(20));
      web.names(FILE, "a");

      assertThat(web.those(Held.class)).isEqualTo("b");
    }

    @Test
    void afterTheWindowTheShareCountsAnew() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");
      web.names(FILE, "ab");
      web.later(Duration.ofSeconds(61));

      web.names(FILE, "a");

      assertThat(web.those(Held.class)).isEmpty();
      assertThat(web.those(Leaving.class)).isEqualTo("b");
    }

    @Test
    void theFloorIsNeverTaken() {
      PoolStory web = PoolStory.up(p -> p.withFloor(2).withGuard(anyLoss()), "abc");

      web.names(FILE, "a");

      assertThat(web.those(Held.class)).isEqualTo("bc");
    }

    @Test
    void aFloorOfZeroAndAnyLossLetsAllGo() {
      PoolStory web = PoolStory.up(p -> p.withFloor(0).withGuard(anyLoss()), "abc");

      web.names(FILE, "");

      assertThat(web.those(Leaving.class)).isEqualTo("abc");
    }

    @Test
    void membersThatDoNotServeAreNoLoss() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");
      web.sidelined.add(PoolStory.id("c"));
      web.sidelined.add(PoolStory.id("d"));

      web.names(FILE, "a");

      assertThat(web.those(Leaving.class)).isEqualTo("bcd");
    }

    @Test
    void aMemberThatComesBackMakesUpForItsLoss() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");
      for (int i = 0; i < 5; i++) {
        web.names(FILE, "abc");
        web.names(FILE, "abcd");
      }

      web.names(FILE, "ab");

      assertThat(web.those(Leaving.class)).isEqualTo("cd");
    }

    @Test
    void whoRefusedAndReturnsMakesUpForNobodyElse() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcdef");
      web.names(FILE, "abcde");
      web.names(FILE, "abcd");
      web.fails("d", Kind.REFUSED);
      web.passes("d");

      web.names(FILE, "ab");

      assertThat(web.those(Held.class)).isEqualTo("cd");
    }

    @Test
    void hardLossesDoNotCount() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");
      web.reports(
          FILE, new SourceReport.Complete(PoolStory.members("ab", FILE), Absence.ENDED, Map.of()));
      web.names(FILE, "a");

      assertThat(web.those(Leaving.class)).isEqualTo("bcd");
    }
  }

  @Nested
  class Swaps {
    @Test
    void aFullSwapIsNoLossOnceTheNewMembersHaveAnswered() {
      PoolStory web = PoolStory.up(p -> p.withGuard(noLoss()), "ab");

      web.names(FILE, "cd");
      assertThat(web.those(Outgoing.class)).isEqualTo("ab");
      web.passes("c");
      assertThat(web.those(Outgoing.class)).isEqualTo("ab");
      web.passes("d");

      assertThat(web.those(Leaving.class)).isEqualTo("ab");
      assertThat(web.those(Present.class)).isEqualTo("cd");
      web.later(Duration.ofSeconds(30));
      assertThat(web.all()).isEqualTo("cd");
    }

    @Test
    void whenTheNewMembersNeverAnswerTheOldOnesAreHeldAfterTheGrace() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "ab");
      web.names(FILE, "cd");
      web.fails("cd", Kind.STATUS);

      web.later(Duration.ofSeconds(29));
      assertThat(web.those(Outgoing.class)).isEqualTo("ab");
      web.later(Duration.ofSeconds(1));

      assertThat(web.those(Held.class)).isEqualTo("ab");
    }

    @Test
    void afterTheGraceTheyGoAsSoonAsTheNewOnesAnswer() {
      PoolStory web = PoolStory.up(p -> p.withGuard(noLoss()), "ab");
      web.names(FILE, "cd");
      web.later(Duration.ofSeconds(30));
      assertThat(web.those(Held.class)).isEqualTo("ab");
      web.events.clear();

      web.passes("c");
      assertThat(web.those(Held.class)).as("one for two is a loss").isEqualTo("ab");
      web.passes("d");

      assertThat(web.those(Leaving.class)).isEqualTo("ab");
      assertThat(web.told())
          .containsExactly("member.draining a", "member.draining b", "guard.released");
    }

    @Test
    void withoutAnyGraceAFullSwapIsDoneWhenTheNewOnesAnswer() {
      PoolStory web = PoolStory.up(PoolStory::hasty, "ab");

      web.names(FILE, "cd");
      assertThat(web.those(Held.class)).isEqualTo("ab");
      web.passes("cd");

      assertThat(web.all()).isEqualTo("cd");
    }

    /** After a start the first report may name strangers; that they may be known is no answer. */
    @Test
    void membersThatMayBeKnownAreNoReliefBeforeTheyAnswer() {
      PoolStory web =
          PoolStory.restored(
              p -> PoolStory.hasty(PoolStory.checked(p)), "ab", Duration.ofMinutes(1));

      web.names(FILE, "cd");
      assertThat(web.those(Held.class)).isEqualTo("ab");
      web.passes("cd");

      assertThat(web.all()).isEqualTo("cd");
    }

    @Test
    void aReplacementOnAnOperatorsListWaitsTooAndIsNotHeld() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "ab");
      web.reports(
          FILE, new SourceReport.Complete(PoolStory.members("cd", FILE), Absence.ENDED, Map.of()));
      assertThat(web.those(Outgoing.class)).isEqualTo("ab");

      web.later(Duration.ofSeconds(30));

      assertThat(web.those(Leaving.class)).isEqualTo("ab");
    }

    @Test
    void aMemberKnownToHaveEndedWaitsForNobody() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "ab");
      web.reports(
          FILE,
          new SourceReport.Complete(
              PoolStory.members("bc", FILE),
              Absence.MISSING,
              Map.of(PoolStory.id("a"), "container died")));

      assertThat(web.those(Leaving.class)).isEqualTo("a");
    }

    @Test
    void aWaitingMemberThatDiesIsRemovedAtOnce() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "ab");
      web.names(FILE, "cd");

      web.fails("a", Kind.TIMEOUT);

      assertThat(web.all()).isEqualTo("bcd");
    }

    @Test
    void arrivalsThatLeaveAgainAreWaitedForNoMore() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abc");
      web.names(FILE, "abd");
      assertThat(web.those(Outgoing.class)).isEqualTo("c");

      web.names(FILE, "ab");

      assertThat(web.those(Leaving.class)).isEqualTo("c");
      assertThat(web.all()).isEqualTo("abc");
    }

    @Test
    void aRollingReplacementOneByOneIsNoLoss() {
      PoolStory web = PoolStory.up(UnaryOperator.identity(), "abc");
      for (String step : List.of("abcd", "bcd", "bcde", "cde", "cdef", "def")) {
        web.names(FILE, step);
        web.passes(step.substring(step.length() - 1));
      }

      assertThat(web.those(Present.class)).isEqualTo("def");
      assertThat(web.those(Held.class)).isEmpty();
    }

    @Test
    void withoutACheckASwapIsDoneAtOnce() {
      PoolStory web = PoolStory.of(p -> p.withGuard(noLoss()), FILE);
      web.names(FILE, "ab");

      web.names(FILE, "cd");

      assertThat(web.those(Leaving.class)).isEqualTo("ab");
      assertThat(web.those(Present.class)).isEqualTo("cd");
    }
  }

  @Nested
  class EndsOfAHold {
    private final PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");

    private void hold() {
      web.names(FILE, "a");
      assertThat(web.those(Held.class)).isEqualTo("bcd");
      web.events.clear();
    }

    @Test
    void itsSourceNamesItAgain() {
      hold();
      web.names(FILE, "ab");

      assertThat(web.those(Present.class)).isEqualTo("ab");
      assertThat(web.those(Held.class)).isEqualTo("cd");
      assertThat(web.told()).isEmpty();

      web.names(FILE, "abcd");
      assertThat(web.told()).containsExactly("guard.released");
    }

    @Test
    void itsLookFails() {
      hold();
      web.fails("b", Kind.TIMEOUT);

      assertThat(web.all()).isEqualTo("acd");
      assertThat(web.told()).containsExactly("member.left b");
    }

    @Test
    void anotherPoolClaimsItsAddress() {
      hold();
      web.take(PoolDecisions.claimed(web.state, PoolStory.id("b"), new PoolId("api"), web.sight()));

      assertThat(web.those(Leaving.class)).isEqualTo("b");
      assertThat(web.those(Held.class)).isEqualTo("cd");
    }

    @Test
    void anotherPoolHadClaimedItsAddressBefore() {
      web.claims =
          (address, since) ->
              address.equals(PoolStory.id("b").address())
                  ? Optional.of(new PoolId("api"))
                  : Optional.empty();

      web.names(FILE, "a");

      assertThat(web.those(Leaving.class)).isEqualTo("b");
      assertThat(web.those(Held.class)).isEqualTo("cd");
    }

    @Test
    void itHasBeenHeldForTheLongestTime() {
      hold();
      web.later(Duration.ofHours(24));
      assertThat(web.those(Leaving.class)).isEqualTo("bcd");

      web.later(Duration.ofSeconds(30));
      assertThat(web.all()).isEqualTo("a");
    }

    @Test
    void anOperatorReleasesIt() {
      hold();
      web.take(PoolDecisions.released(web.state, "alice", web.sight()));

      assertThat(web.those(Leaving.class)).isEqualTo("bcd");
      assertThat(web.told()).contains("member.draining b", "guard.released");
    }

    @Test
    void butNotWhileAnOperatorSaysToKeepIt() {
      hold();
      web.take(PoolDecisions.denied(web.state, "alice", web.sight()));
      web.later(Duration.ofDays(100));

      assertThat(web.those(Held.class)).isEqualTo("bcd");
    }

    @Test
    void othersHaveComeForThemAndAnswer() {
      hold();
      web.names(FILE, "aef");
      assertThat(web.those(Held.class)).isEqualTo("bcd");
      web.passes("e");

      assertThat(web.those(Leaving.class))
          .as("two of four is no more than may go")
          .isEqualTo("bcd");
      assertThat(web.those(Present.class)).isEqualTo("aef");
    }

    @Test
    void whatIsLetGoForThoseThatCameCountsAsLost() {
      hold();
      web.names(FILE, "aef");
      web.passes("ef");
      assertThat(web.those(Leaving.class)).isEqualTo("bcd");

      web.names(FILE, "e");

      assertThat(web.those(Held.class)).as("one of four is gone already").isEqualTo("af");
    }

    @Test
    void whoMakesUpForOneThatLeavesMakesUpForNoneThatIsHeld() {
      PoolStory pool = PoolStory.up(p -> p.withFloor(4), "abcdefgh");
      pool.names(FILE, "a");
      pool.names(FILE, "bc");
      pool.passes("bc");
      pool.later(Duration.ofSeconds(30));
      pool.names(FILE, "dai");
      pool.passes("dai");

      assertThat(pool.those(Held.class)).isEqualTo("efgh");
      assertThat(pool.those(Leaving.class)).isEqualTo("bc");
    }

    @Test
    void whoHasComeLongAgoDoesNotMakeUpForTheFloor() {
      PoolStory pool = PoolStory.up(p -> p.withFloor(4), "abcdefgh");
      for (String letters : List.of("i", "fbadhekcj", "abdicg")) {
        pool.names(FILE, letters);
        pool.passes(letters);
      }
      for (String letters : List.of("baced", "ega")) {
        pool.later(Duration.ofSeconds(30));
        pool.names(FILE, letters);
        pool.passes(letters);
      }

      assertThat(pool.those(Present.class)).isEqualTo("aeg");
      assertThat(pool.those(Held.class)).as("the floor is four").isEqualTo("i");
    }

    @Test
    void othersThatComeChangeNothingWhereAnOperatorSaysToKeepIt() {
      hold();
      web.take(PoolDecisions.denied(web.state, "alice", web.sight()));
      web.names(FILE, "aefgh");
      web.passes("efgh");

      assertThat(web.those(Held.class)).isEqualTo("bcd");
    }

    @Test
    void hardEvidenceEndsItToo() {
      hold();
      web.reports(
          FILE,
          new SourceReport.Complete(
              PoolStory.members("a", FILE),
              Absence.MISSING,
              Map.of(PoolStory.id("b"), "terminated")));

      assertThat(web.those(Leaving.class)).isEqualTo("b");
    }
  }

  @Nested
  class WithoutACheck {
    private final PoolStory web = PoolStory.of(UnaryOperator.identity(), FILE);

    @Test
    void membersAboutToBeRemovedAreLookedAt() {
      web.names(FILE, "abcd");
      web.names(FILE, "abc");
      assertThat(web.looks).containsExactly(PoolStory.id("d"));
      assertThat(web.those(Leaving.class)).isEqualTo("d");

      web.looked("d", Kind.REFUSED);

      assertThat(web.all()).isEqualTo("abc");
    }

    /**
     * Nothing listens for connections there: a look would be taken for the end of a good member.
     */
    @Test
    void membersThatTakeDatagramsAreNotLookedAt() {
      PoolStory dns = PoolStory.ofDatagrams(UnaryOperator.identity(), FILE);
      dns.names(FILE, "abcd");
      dns.names(FILE, "abc");
      assertThat(dns.looks).isEmpty();
      assertThat(dns.those(Leaving.class)).isEqualTo("d");
      dns.names(FILE, "a");
      assertThat(dns.looks).isEmpty();
      assertThat(dns.those(Held.class)).isEqualTo("bc");
    }

    @Test
    void oneThatAnswersIsDrained() {
      web.names(FILE, "abcd");
      web.names(FILE, "abc");

      web.looked("d", Kind.OK);

      assertThat(web.those(Leaving.class)).isEqualTo("d");
    }

    @Test
    void heldMembersAreLookedAtAgainAndAgain() {
      web.names(FILE, "abcd");
      web.names(FILE, "a");
      assertThat(web.those(Held.class)).isEqualTo("bcd");
      assertThat(web.looks).hasSize(3);
      web.looks.clear();

      web.later(Duration.ofSeconds(10));
      assertThat(web.looks).hasSize(3);
      web.looked("b", Kind.CONNECT_TIMEOUT);

      assertThat(web.those(Held.class)).isEqualTo("cd");
    }

    @Test
    void oneThatIsHeldLaterIsLookedAtAtOnceToo() {
      web.names(FILE, "abcdefgh");
      web.names(FILE, "abc");
      web.later(Duration.ofSeconds(5));
      web.looks.clear();

      web.names(FILE, "a");

      assertThat(web.looks).contains(PoolStory.id("b"), PoolStory.id("c"));
    }

    @Test
    void whoComesLaterEndsAHoldAtOnce() {
      web.names(FILE, "abcd");
      web.names(FILE, "a");
      assertThat(web.those(Held.class)).isEqualTo("bcd");

      web.names(FILE, "aef");

      assertThat(web.those(Leaving.class)).isEqualTo("bcd");
    }

    @Test
    void aLookAtAPresentMemberTakesNothing() {
      web.names(FILE, "ab");

      web.looked("a", Kind.REFUSED);

      assertThat(web.those(Present.class)).isEqualTo("ab");
    }
  }

  private static GuardPolicy anyLoss() {
    return new GuardPolicy(1, Duration.ofSeconds(60), Duration.ofHours(24));
  }

  private static GuardPolicy noLoss() {
    return new GuardPolicy(0, Duration.ofSeconds(60), Duration.ofHours(24));
  }
}
