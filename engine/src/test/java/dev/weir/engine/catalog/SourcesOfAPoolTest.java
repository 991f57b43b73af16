package dev.weir.engine.catalog;

import static dev.weir.engine.catalog.PoolStory.DOCKER;
import static dev.weir.engine.catalog.PoolStory.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.EventKind;
import dev.weir.model.Member;
import dev.weir.model.PoolDefinition;
import dev.weir.model.Presence.Held;
import dev.weir.model.Presence.Leaving;
import dev.weir.model.Presence.Outgoing;
import dev.weir.model.Presence.Present;
import dev.weir.model.Presence.Remembered;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.Standing;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Several sources of one pool, sources that fail, reports from disk, and new definitions. */
class SourcesOfAPoolTest {
  private final PoolStory web = PoolStory.of(UnaryOperator.identity(), FILE, DOCKER);

  @Test
  void membersOfTwoSourcesAreOneSet() {
    web.names(FILE, "ab");
    web.names(DOCKER, "bc");

    assertThat(web.those(Present.class)).isEqualTo("abc");
    assertThat(web.find("b").orElseThrow().sources()).containsExactly(FILE, DOCKER);
  }

  @Test
  void theSourceListedFirstWinsWhateverTheOrderOfReports() {
    web.reports(DOCKER, Complete.of(List.of(PoolStory.member("a", DOCKER).withWeight(7))));
    web.reports(FILE, Complete.of(List.of(PoolStory.member("a", FILE).withWeight(3))));

    Member member = web.find("a").orElseThrow().member();
    assertThat(member.weight()).isEqualTo(3);
    assertThat(member.source()).isEqualTo(FILE);
  }

  @Test
  void aDifferingWeightIsToldOnce() {
    for (int i = 0; i < 3; i++) {
      web.reports(
          DOCKER, Complete.of(List.of(PoolStory.member("a", DOCKER).withWeight(7), other(i))));
      web.reports(FILE, Complete.of(List.of(PoolStory.member("a", FILE).withWeight(3))));
    }

    assertThat(web.told(EventKind.MEMBER_DIFFERS)).isEqualTo(1);
  }

  private static Member other(int i) {
    return PoolStory.member("b", DOCKER).withWeight(i + 1);
  }

  @Test
  void theWorseConditionWins() {
    web.names(FILE, "a");
    web.reports(
        DOCKER,
        Complete.of(List.of(PoolStory.member("a", DOCKER).withCondition(Condition.DRAINING))));

    assertThat(web.find("a").orElseThrow().member().condition()).isEqualTo(Condition.DRAINING);
    assertThat(web.told()).containsExactly("member.joined a", "member.draining a");
  }

  @Test
  void aMemberStaysWhileOneSourceNamesIt() {
    web.names(FILE, "ab");
    web.names(DOCKER, "b");

    web.names(FILE, "a");

    assertThat(web.those(Present.class)).isEqualTo("ab");
    assertThat(web.find("b").orElseThrow().sources()).containsExactly(DOCKER);
  }

  @Test
  void ofSeveralWithOneIdentityTheFirstCounts() {
    web.reports(
        FILE,
        Complete.of(
            List.of(
                PoolStory.member("a", FILE).withWeight(5),
                PoolStory.member("a", FILE).withWeight(9))));

    assertThat(web.all()).isEqualTo("a");
    assertThat(web.find("a").orElseThrow().member().weight()).isEqualTo(5);
  }

  @Test
  void membersThatAreWhatTheyWereStayTheSameInstances() {
    web.names(FILE, "abd");
    CatalogMember a = web.find("a").orElseThrow();
    CatalogMember d = web.find("d").orElseThrow();

    web.names(FILE, "acd");

    assertThat(web.find("a").orElseThrow()).isSameAs(a);
    assertThat(web.find("d").orElseThrow()).isSameAs(d);
    assertThat(web.source(FILE).lastGood().orElseThrow().members())
        .extracting(member -> member.id())
        .containsExactly(PoolStory.id("a"), PoolStory.id("c"), PoolStory.id("d"));
  }

  @Test
  void anUnchangedReportChangesNothing() {
    web.names(FILE, "ab");
    Object pool = web.state.pool();
    web.events.clear();

    web.names(FILE, "ba");

    assertThat(web.state.pool()).isSameAs(pool);
    assertThat(web.told()).isEmpty();
  }

  @Test
  void lostStaleAndBackAreToldOncePerTransition() {
    web.names(FILE, "a");
    web.events.clear();

    for (int i = 0; i < 10; i++) {
      web.reports(FILE, new SourceReport.Unavailable("no answer, try " + i));
      web.later(Duration.ofMinutes(1));
    }
    assertThat(web.told()).containsExactly("source.lost", "source.stale");
    assertThat(web.source(FILE).failure().orElseThrow().reason()).endsWith("try 9");

    web.names(FILE, "a");
    web.names(FILE, "a");
    assertThat(web.told()).containsExactly("source.back");
    assertThat(web.source(FILE).failure()).isEmpty();
  }

  @Test
  void aFreshCatalogFromDiskIsBelieved() {
    PoolStory story = restored(Duration.ofMinutes(59));

    assertThat(story.those(Present.class)).isEqualTo("ab");
    assertThat(story.find("a").map(CatalogMember::standing)).contains(Standing.PROVEN);
  }

  @Test
  void anOldCatalogFromDiskIsRememberedUntilAMemberAnswers() {
    PoolStory story = restored(Duration.ofMinutes(61));
    assertThat(story.those(Remembered.class)).isEqualTo("ab");
    assertThat(story.looks).containsExactlyInAnyOrder(PoolStory.id("a"), PoolStory.id("b"));
    story.looked("a", Kind.OK);
    story.looked("b", Kind.REFUSED);

    assertThat(story.find("a").map(CatalogMember::standing)).contains(Standing.PROVEN);
    assertThat(story.find("b").map(CatalogMember::standing)).contains(Standing.KNOWN);
    assertThat(story.all()).isEqualTo("ab");

    story.names(FILE, "ab");
    assertThat(story.those(Present.class)).isEqualTo("ab");
  }

  @Test
  void anEmptiedStoreAfterARestartDoesNotTakeTheMembersFromDisk() {
    PoolStory story = restored(Duration.ofMinutes(1));

    story.names(FILE, "");

    assertThat(story.those(Held.class)).isEqualTo("ab");
  }

  @Test
  void membersOfAFormerSourceStayUntilItsSuccessorHasReported() {
    PoolStory story = PoolStory.up(UnaryOperator.identity(), "ab");
    PoolDefinition docker = PoolStory.definition(PoolStory::checked, DOCKER);

    story.take(PoolDecisions.redefined(story.state, docker, story.sight()));
    assertThat(story.those(Present.class)).isEqualTo("ab");

    story.names(DOCKER, "bc");
    assertThat(story.those(Present.class)).isEqualTo("bc");
    assertThat(story.those(Outgoing.class)).isEqualTo("a");
    story.passes("c");
    assertThat(story.those(Leaving.class)).isEqualTo("a");
    assertThat(story.state.sources()).containsOnlyKeys(DOCKER);
  }

  @Test
  void aCheckTakenAwayProvesWhoIsThere() {
    PoolStory story = PoolStory.of(PoolStory::checked, FILE);
    story.names(FILE, "ab");
    assertThat(story.find("a").map(CatalogMember::standing)).contains(Standing.KNOWN);

    story.take(
        PoolDecisions.redefined(
            story.state, PoolStory.definition(UnaryOperator.identity(), FILE), story.sight()));

    assertThat(story.find("a").map(CatalogMember::standing)).contains(Standing.PROVEN);
  }

  private static PoolStory restored(Duration age) {
    return PoolStory.restored(UnaryOperator.identity(), "ab", age);
  }
}
