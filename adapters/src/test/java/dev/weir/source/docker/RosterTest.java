package dev.weir.source.docker;

import static dev.weir.source.docker.Containers.exposed;
import static dev.weir.source.docker.Containers.named;
import static dev.weir.source.docker.Containers.published;
import static dev.weir.source.docker.Containers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.source.docker.Container.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RosterTest {

  private static final Container ONE = with(named("web-1"), published(80, "0.0.0.0", 8001));
  private static final Container TWO = with(named("web-2"), published(80, "0.0.0.0", 8002));
  private static final Container BAD = with(named("web-3"), exposed(80));

  private final Roster roster =
      new Roster(
          new Selection(List.of("app=web"), Optional.empty(), Optional.empty()),
          new Addressing.Published(OptionalInt.empty(), "127.0.0.1"),
          FakeEngineWorld.CONTEXT);

  @Test
  void nothingIsSaidBeforeAnythingIsKnown() {
    assertThat(roster.report(new Snapshot.Unknown())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNHEALTHY", "PAUSED", "STOPPING"})
  void oneThatShallTakeNoNewWorkIsDraining(Phase phase) {
    Complete report = complete(known(ONE, TWO.withPhase(phase)));
    assertThat(report.members())
        .extracting(Member::condition)
        .containsExactly(Condition.READY, Condition.DRAINING);
    assertThat(report.remarks()).singleElement().asString().startsWith("web-2 is ");
  }

  @Test
  void oneThatIsStartingIsNoMemberYet() {
    Complete report = complete(known(ONE, TWO.withPhase(Phase.STARTING)));
    assertThat(report.members()).extracting(Member::name).containsExactly(Optional.of("web-1"));
    assertThat(report.remarks())
        .containsExactly("web-2 is starting, its Docker health check has not passed yet");
  }

  @Test
  void oneBadContainerHidesNoOtherAndIsMentioned() {
    Complete report = complete(known(ONE, BAD, TWO));
    assertThat(report.members()).hasSize(2);
    assertThat(report.remarks()).singleElement().asString().startsWith("web-3 publishes no port");
  }

  @Test
  void nothingButBadContainersIsNotTheSameAsNoContainers() {
    assertThat(roster.report(known(BAD)))
        .hasValueSatisfying(report ->
            assertThat(((Unavailable) report).reason())
                .startsWith("containers match, but none can be used: web-3 publishes no port"));
  }

  @Test
  void anEndThatWasSeenIsHardEvidenceUntilTheMemberIsListedAgain() {
    complete(known(ONE, TWO));
    MemberId id = new MemberId(FakeEngineWorld.POOL, Address.parse("127.0.0.1:8002"));
    Complete without = complete(known(Map.of(TWO.id(), "container web-2 exited"), ONE));
    assertThat(without.ended()).isEqualTo(Map.of(id, "container web-2 exited"));
    Complete again = complete(known(Map.of(TWO.id(), "container web-2 exited"), ONE, TWO));
    assertThat(again.ended()).isEmpty();
  }

  @Test
  void oneThatVanishedWithoutAWordIsMerelyMissing() {
    complete(known(ONE, TWO));
    assertThat(complete(known(ONE)).ended()).isEmpty();
  }

  @Test
  void theAddressOfAnEndedContainerMayBeSomebodyElsesNow() {
    complete(known(ONE));
    Container heir = with(named("web-9"), published(80, "0.0.0.0", 8001));
    Complete report = complete(known(Map.of(ONE.id(), "container web-1 exited"), heir));
    assertThat(report.members()).hasSize(1);
    assertThat(report.ended()).isEmpty();
  }

  @Test
  void hostileNamesAndLabelsAreHandedOnAsTheyAre() {
    String hostile = "x;}\nserver evil\u0000";
    Container odd =
        new Container(
            "id",
            hostile,
            "i",
            Phase.RUNNING,
            new TreeMap<>(Map.of("app", "web", hostile, hostile)),
            ONE.ports(),
            ONE.networks());
    Member member = complete(known(odd)).members().getFirst();
    assertThat(member.name()).contains(hostile);
    assertThat(member.labels()).containsEntry(hostile, hostile);
  }

  @Test
  void labelsOfAContainerSetItsPortNameWeightAndRole() {
    Container two =
        labelled(
            with(named("web-1"), published(80, "0.0.0.0", 8001), published(81, "0.0.0.0", 8002)),
            Map.of(
                "weir.port", "81", "weir.name", "blue", "weir.weight", "7", "weir.backup", "true"));
    Member member = complete(known(two)).members().getFirst();
    assertThat(member.address()).hasToString("127.0.0.1:8002");
    assertThat(member.name()).contains("blue");
    assertThat(member.weight()).isEqualTo(7);
    assertThat(member.backup()).isTrue();
  }

  @Test
  void aLabelSetsTheHostOfAPortThatIsPublishedOnAllAddresses() {
    Container remote = labelled(ONE, Map.of("weir.host", "10.9.9.9"));
    assertThat(complete(known(remote)).members().getFirst().address().host()).isEqualTo("10.9.9.9");
  }

  @ParameterizedTest
  @CsvSource({
    "weir.port, 0, 1 to 65535",
    "weir.port, 80;evil, 1 to 65535",
    "weir.weight, 257, 1 to 256",
    "weir.backup, yes, true or false",
    "weir.host, 'a b', an IP or a host name",
    "weir.check, 'healthz; evil', a path such as /healthz",
    "weir.name, ' ', a name"
  })
  void aLabelThatSaysNoSuchThingIsAProblemOfItsContainer(
      String label, String value, String expected) {
    Complete report = complete(known(TWO, labelled(ONE, Map.of(label, value))));
    assertThat(report.members()).extracting(Member::name).containsExactly(Optional.of("web-2"));
    assertThat(report.remarks())
        .containsExactly(
            "web-1 has label %s: \"%s\" (expected: %s)".formatted(label, value, expected));
  }

  private static Container labelled(Container container, Map<String, String> more) {
    TreeMap<String, String> labels = new TreeMap<>(container.labels());
    labels.putAll(more);
    return new Container(
        container.id(),
        container.name(),
        container.image(),
        container.phase(),
        labels,
        container.ports(),
        container.networks());
  }

  private Complete complete(Snapshot snapshot) {
    SourceReport report = roster.report(snapshot).orElseThrow();
    return (Complete) report;
  }

  private static Snapshot.Known known(Container... containers) {
    return known(Map.of(), containers);
  }

  private static Snapshot.Known known(Map<String, String> ended, Container... containers) {
    return new Snapshot.Known(
        Arrays.stream(containers).collect(Collectors.toMap(Container::id, Function.identity())),
        ended);
  }
}
