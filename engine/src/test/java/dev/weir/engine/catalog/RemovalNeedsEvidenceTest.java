package dev.weir.engine.catalog;

import static dev.weir.engine.catalog.PoolStory.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Presence;
import dev.weir.model.Presence.Held;
import dev.weir.model.Presence.Kept;
import dev.weir.model.Presence.Leaving;
import dev.weir.model.Presence.Present;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of decision 0010, row by row; the rows about the floor are the resolver's. */
class RemovalNeedsEvidenceTest {
  private final PoolStory web = PoolStory.up(UnaryOperator.identity(), "abcd");

  @Test
  void goneAndDeadIsRemovedAtOnceAndNeverHeld() {
    web.fails("bcd", Kind.TIMEOUT);

    web.names(FILE, "a");

    assertThat(web.all()).isEqualTo("a");
    assertThat(web.told())
        .contains("member.left b", "member.left c", "member.left d")
        .doesNotContain("guard.held");
  }

  @Test
  void goneAndDyingLaterIsRemovedWhenItsCheckSaysSo() {
    web.names(FILE, "abc");
    assertThat(web.those(Leaving.class)).isEqualTo("d");

    web.fails("d", Kind.REFUSED);

    assertThat(web.all()).isEqualTo("abc");
    assertThat(web.told()).containsExactly("member.draining d", "member.left d");
  }

  @Test
  void goneOnHardEvidenceAndAliveIsDrainedForTheGraceAndNeverHeld() {
    web.reports(FILE, ended("abcd"));

    assertThat(web.those(Leaving.class)).isEqualTo("abcd");
    assertThat(web.told()).doesNotContain("guard.held");

    web.later(Duration.ofSeconds(29));
    assertThat(web.all()).isEqualTo("abcd");
    web.later(Duration.ofSeconds(1));
    assertThat(web.all()).isEmpty();
    assertThat(web.state.nextDue()).isEmpty();
  }

  @Test
  void leavingAnOperatorsListIsHardEvidence() {
    web.reports(FILE, new SourceReport.Complete(List.of(), Absence.ENDED, Map.of()));

    assertThat(web.those(Leaving.class)).isEqualTo("abcd");
    assertThat(web.find("a").orElseThrow().presence())
        .isInstanceOfSatisfying(
            Leaving.class,
            leaving -> assertThat(leaving.strength()).isEqualTo(Presence.Evidence.HARD));
  }

  @Test
  void merelyMissingAndAliveIsDrainedLikewiseWithinTheGuard() {
    web.names(FILE, "ab");

    assertThat(web.those(Leaving.class)).isEqualTo("cd");
    web.later(Duration.ofSeconds(30));
    assertThat(web.all()).isEqualTo("ab");
    assertThat(web.told())
        .containsExactly(
            "member.draining c", "member.draining d", "member.left c", "member.left d");
  }

  @Test
  void merelyMissingAndAliveIsHeldWhenTheGuardTrips() {
    web.names(FILE, "a");

    assertThat(web.those(Held.class)).isEqualTo("bcd");
    assertThat(web.told())
        .containsExactly("member.held b", "member.held c", "member.held d", "guard.held");
    web.later(Duration.ofHours(23));
    assertThat(web.those(Held.class)).isEqualTo("bcd");
  }

  @Test
  void presentAndRefusingIsNeverKept() {
    web.fails("abcd", Kind.REFUSED);

    assertThat(web.those(Present.class)).isEqualTo("abcd");
    assertThat(web.those(Kept.class)).isEmpty();
  }

  @Test
  void presentAndTimingOutGoesUntilTheGuardForbidsMore() {
    web.fails("abc", Kind.TIMEOUT);

    assertThat(web.those(Present.class)).isEqualTo("abd");
    assertThat(web.those(Kept.class)).isEqualTo("c");
  }

  @Test
  void presentWithAWrongAnswerCountsLikeATimeOut() {
    web.fails("abc", Kind.STATUS);

    assertThat(web.those(Kept.class)).isEqualTo("c");
  }

  @Test
  void whatTheGuardKeepsGoesWhenTheWindowAllowsIt() {
    PoolStory ten = PoolStory.up(UnaryOperator.identity(), "abcdefghij");
    ten.fails("abcdef", Kind.TIMEOUT);
    assertThat(ten.those(Kept.class)).isEqualTo("f");

    ten.later(Duration.ofSeconds(60));

    assertThat(ten.those(Kept.class)).isEmpty();
  }

  @Test
  void whatTheGuardKeepsIsFreeAgainWhenItsCheckPassesOrItRefuses() {
    web.fails("abc", Kind.TIMEOUT);
    web.passes("c");
    assertThat(web.those(Present.class)).isEqualTo("abcd");

    web.fails("c", Kind.TIMEOUT);
    assertThat(web.those(Kept.class)).isEqualTo("c");
    web.fails("c", Kind.REFUSED);
    assertThat(web.those(Kept.class)).isEmpty();
  }

  @Test
  void cannotLookKeepsTheLastGoodWithoutEnd() {
    web.reports(FILE, new SourceReport.Unavailable("connection refused"));
    web.later(Duration.ofDays(30));

    assertThat(web.those(Present.class)).isEqualTo("abcd");
    assertThat(web.source(FILE).lastGood().orElseThrow().members()).hasSize(4);
    assertThat(web.source(FILE).failure().orElseThrow().reason()).isEqualTo("connection refused");
  }

  @Test
  void aMemberThatIsNamedAgainWhileItDrainsIsBack() {
    web.names(FILE, "abc");
    web.names(FILE, "abcd");

    assertThat(web.those(Present.class)).isEqualTo("abcd");
    web.later(Duration.ofMinutes(5));
    assertThat(web.those(Present.class)).isEqualTo("abcd");
  }

  private static SourceReport.Complete ended(String letters) {
    return new SourceReport.Complete(
        List.of(),
        Absence.MISSING,
        PoolStory.each(letters)
            .collect(Collectors.toMap(PoolStory::id, ignored -> "container died")));
  }
}
