package dev.weir.source.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.aws.FleetMembers.Choice;
import dev.weir.source.aws.FleetMembers.Reach;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetMembersTest {

  private static final PoolId POOL = new PoolId("shop");
  private static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "aws_asg"), Time.SYSTEM);
  private static final FleetMembers MEMBERS =
      new FleetMembers(new Reach(Choice.PRIVATE, 8080), CONTEXT);
  private static final Map<String, Machine> KNOWN =
      Map.of("i-1", MemoryAws.machineOf("i-1", "10.0.0.1"));

  private static Fleet fleet(Group.Seat... seats) {
    return fleet(KNOWN, seats);
  }

  private static Fleet fleet(Map<String, Machine> machines, Group.Seat... seats) {
    return Fleet.of(
        new Selection.Named(new TreeSet<>(List.of("blue"))),
        List.of(new Group("blue", List.of(seats))),
        machines);
  }

  private static Complete report(Fleet fleet) {
    return (Complete) MEMBERS.report(fleet);
  }

  @Test
  void anInstanceInServiceIsAMemberWithWhatAwsKnowsOfIt() {
    Member member = report(fleet(MemoryAws.seat("i-1", "InService"))).members().getFirst();
    assertThat(member.name()).contains("i-1");
    assertThat(member.address()).isEqualTo(Address.parse("10.0.0.1:8080"));
    assertThat(member.condition()).isEqualTo(Condition.READY);
    assertThat(member.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "asg", "blue",
                "zone", "eu-west-1a",
                "instance_type", "m7g.large",
                "Name", "shop"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Terminating",
        "Terminating:Wait",
        "Terminating:Proceed",
        "EnteringStandby",
        "Standby",
        "Detaching"
      })
  void whatIsOnItsWayOutDrains(String lifecycle) {
    Complete report = report(fleet(MemoryAws.seat("i-1", lifecycle)));
    assertThat(report.members()).extracting(Member::condition).containsExactly(Condition.DRAINING);
    assertThat(report.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Pending", "Pending:Wait", "Pending:Proceed", "Quarantined", "Warmed:Stopped"})
  void whatIsBeingMadeIsNoMemberYet(String lifecycle) {
    Complete report = report(fleet(MemoryAws.seat("i-1", lifecycle)));
    assertThat(report.members()).isEmpty();
    assertThat(report.ended()).isEmpty();
    assertThat(report.remarks()).isEmpty();
  }

  @Test
  void anUnhealthyInstanceDrains() {
    Group.Seat sick = new Group.Seat("i-1", "InService", "Unhealthy", "eu-west-1a");
    assertThat(report(fleet(sick)).members())
        .extracting(Member::condition)
        .containsExactly(Condition.DRAINING);
  }

  @Test
  void aTerminatedInstanceIsKnownToHaveEnded() {
    Complete report = report(fleet(MemoryAws.seat("i-1", "Terminated")));
    assertThat(report.members()).isEmpty();
    assertThat(report.ended())
        .containsExactly(
            Map.entry(
                new MemberId(POOL, Address.parse("10.0.0.1:8080")),
                "its group has it as Terminated"));
  }

  @Test
  void aStateThatNobodyKnowsDrainsAndIsTold() {
    Complete report = report(fleet(MemoryAws.seat("i-1", "Hibernating")));
    assertThat(report.members()).extracting(Member::condition).containsExactly(Condition.DRAINING);
    assertThat(report.remarks())
        .containsExactly("instance i-1: in the unknown state Hibernating, it drains");
  }

  @Test
  void whatHasNoAddressIsToldAndSpoilsNothing() {
    FleetMembers outside = new FleetMembers(new Reach(Choice.PUBLIC, 80), CONTEXT);
    Complete report =
        (Complete)
            outside.report(
                fleet(MemoryAws.seat("i-1", "InService"), MemoryAws.seat("i-2", "InService")));
    assertThat(report.members()).isEmpty();
    assertThat(report.remarks())
        .containsExactly(
            "instance i-1: it has no public address", "instance i-2: EC2 does not know it yet");
  }

  @Test
  void anIpv6AddressIsTakenWhereItIsAskedFor() {
    FleetMembers six = new FleetMembers(new Reach(Choice.IPV6, 80), CONTEXT);
    Complete report = (Complete) six.report(fleet(MemoryAws.seat("i-1", "InService")));
    assertThat(report.members())
        .extracting(Member::address)
        .containsExactly(Address.parse("[2001:db8::1]:80"));
  }

  @Test
  void anAddressThatIsNoneIsToldAndSpoilsNothing() {
    Fleet fleet =
        fleet(
            Map.of(
                "i-1", MemoryAws.machineOf("i-1", "10.0.0.1; server evil"),
                "i-2", MemoryAws.machineOf("i-2", "10.0.0.2")),
            MemoryAws.seat("i-1", "InService"),
            MemoryAws.seat("i-2", "InService"));
    Complete report = report(fleet);
    assertThat(report.members()).extracting(Member::name).containsExactly(Optional.of("i-2"));
    assertThat(report.remarks()).hasSize(1).allMatch(remark -> remark.startsWith("instance i-1: "));
  }

  @Test
  void aGroupThatDoesNotExistIsTold() {
    Fleet fleet =
        Fleet.of(
            new Selection.Named(new TreeSet<>(List.of("blue", "green"))),
            List.of(new Group("blue", List.of(MemoryAws.seat("i-1", "InService")))),
            KNOWN);
    Complete report = report(fleet);
    assertThat(report.members()).hasSize(1);
    assertThat(report.remarks()).containsExactly("group green does not exist");
  }

  @Test
  void withheldAreThoseThatWaitWithTheMembersThatTheyAre() {
    Fleet fleet =
        fleet(
            MemoryAws.seat("i-1", "Terminating:Wait"),
            MemoryAws.seat("i-2", "Terminating:Wait"),
            MemoryAws.seat("i-3", "Terminating:Proceed"));
    assertThat(MEMBERS.withheld(fleet, "drain"))
        .isEqualTo(
            Map.of(
                new Withheld("drain", "blue", "i-1"),
                Optional.of(new MemberId(POOL, Address.parse("10.0.0.1:8080"))),
                new Withheld("drain", "blue", "i-2"),
                Optional.empty()));
  }
}
