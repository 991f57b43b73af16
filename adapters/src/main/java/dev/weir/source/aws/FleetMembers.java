package dev.weir.source.aws;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes members of the instances of groups. */
final class FleetMembers {

  /** Tags of AWS' own are the same for all instances of a group. */
  private static final String RESERVED = "aws:";

  private static final String WAITING = "Terminating:Wait";

  private final Reach reach;
  private final SourceType.Context context;

  /** Which of its addresses an instance is reached at. */
  enum Choice {
    PRIVATE,
    PUBLIC,
    IPV6
  }

  /** Where members are reached. */
  record Reach(Choice address, int port) {}

  FleetMembers(Reach reach, SourceType.Context context) {
    this.reach = reach;
    this.context = context;
  }

  /** The report that this fleet is. */
  SourceReport report(Fleet fleet) {
    Reading reading = new Reading(fleet);
    fleet.missing().forEach(name -> reading.remarks.add("group %s does not exist".formatted(name)));
    for (Group group : fleet.groups()) {
      group.seats().forEach(seat -> reading.take(group, seat));
    }
    return new Complete(reading.members, Absence.MISSING, reading.ended, reading.remarks);
  }

  /** The instances that the hook holds back, with the members that they are; none is absent. */
  Map<Withheld, Optional<MemberId>> withheld(Fleet fleet, String hook) {
    Map<Withheld, Optional<MemberId>> withheld = new HashMap<>();
    for (Group group : fleet.groups()) {
      for (Group.Seat seat : group.seats()) {
        if (seat.lifecycle().equals(WAITING)) {
          withheld.put(
              new Withheld(hook, group.name(), seat.instance()),
              Optional.ofNullable(fleet.machines().get(seat.instance())).flatMap(this::member));
        }
      }
    }
    return withheld;
  }

  private Optional<MemberId> member(Machine machine) {
    try {
      return address(machine).map(address -> new MemberId(context.pool(), address));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty(); // the report says so
    }
  }

  private Optional<Address> address(Machine machine) {
    Machine.Addresses has = machine.addresses();
    Optional<String> ip =
        switch (reach.address()) {
          case PRIVATE -> has.inside();
          case PUBLIC -> has.outside();
          case IPV6 -> has.ipv6();
        };
    return ip.map(
        text -> Address.parse((text.contains(":") ? "[" + text + "]" : text) + ":" + reach.port()));
  }

  /** What becomes of one fleet. */
  private final class Reading {
    private final Fleet fleet;
    private final List<Member> members = new ArrayList<>();
    private final Map<MemberId, String> ended = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    private Reading(Fleet fleet) {
      this.fleet = fleet;
    }

    private void take(Group group, Group.Seat seat) {
      Stage stage = Stage.of(seat);
      Optional<Machine> machine = Optional.ofNullable(fleet.machines().get(seat.instance()));
      if (stage == Stage.NOT_YET) {
        return;
      }
      try {
        Optional<Member> member =
            machine.flatMap(it -> address(it).map(address -> member(group, seat, it, address)));
        if (member.isPresent()) {
          place(stage, seat, member.get());
        } else if (stage != Stage.ENDED) {
          remark(
              seat,
              machine.isEmpty()
                  ? "EC2 does not know it yet"
                  : "it has no %s address"
                      .formatted(reach.address().name().toLowerCase(Locale.ROOT)));
        }
      } catch (IllegalArgumentException wrong) {
        remark(seat, String.valueOf(wrong.getMessage()));
      }
    }

    private void place(Stage stage, Group.Seat seat, Member member) {
      switch (stage) {
        case IN -> members.add(member);
        case DRAINING -> members.add(member.withCondition(Condition.DRAINING));
        case STRANGE -> {
          members.add(member.withCondition(Condition.DRAINING));
          remark(seat, "in the unknown state %s, it drains".formatted(seat.lifecycle()));
        }
        case ENDED -> ended.put(member.id(), "its group has it as %s".formatted(seat.lifecycle()));
        case NOT_YET -> {}
      }
    }

    private void remark(Group.Seat seat, String what) {
      remarks.add("instance %s: %s".formatted(seat.instance(), what));
    }

    private Member member(Group group, Group.Seat seat, Machine machine, Address address) {
      SortedMap<String, String> labels = new TreeMap<>(machine.tags());
      labels.keySet().removeIf(key -> key.startsWith(RESERVED));
      labels.put("asg", group.name());
      labels.put("zone", seat.zone());
      labels.put("instance_type", machine.type());
      return Member.of(new MemberId(context.pool(), address), context.name())
          .withName(seat.instance())
          .withLabels(labels);
    }
  }
}
