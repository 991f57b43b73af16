package dev.weir.source.consul;

import dev.weir.memberlist.Weights;
import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.consul.Instance.Standing;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes members of instances. */
final class ServiceMembers {

  private final Health health;
  private final SourceType.Context context;

  /** Which instances are members. */
  enum Health {
    /** Those whose checks all pass. */
    PASSING,
    /** All, whatever their checks say. */
    ANY
  }

  ServiceMembers(Health health, SourceType.Context context) {
    this.health = health;
    this.context = context;
  }

  /** The report that these instances are. */
  SourceReport report(List<Instance> instances) {
    long most = instances.stream().mapToLong(Instance::weight).max().orElse(1);
    List<Member> members = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Instance instance : instances) {
      Optional<Condition> condition = condition(instance.standing());
      if (condition.isPresent()) {
        try {
          members.add(member(instance, condition.get(), most));
        } catch (IllegalArgumentException wrong) {
          remarks.add("instance %s: %s".formatted(instance.id(), wrong.getMessage()));
        }
      }
    }
    return new Complete(members, Absence.MISSING, Map.of(), remarks);
  }

  private Optional<Condition> condition(Standing standing) {
    return switch (standing) {
      case PASSING -> Optional.of(Condition.READY);
      case MAINTENANCE -> Optional.of(Condition.DRAINING);
      case WARNING, CRITICAL ->
          health == Health.ANY ? Optional.of(Condition.READY) : Optional.empty();
    };
  }

  private Member member(Instance instance, Condition condition, long most) {
    Address address = Address.of(instance.host(), instance.port());
    return new Member(
        new MemberId(context.pool(), address),
        Optional.of(instance.id()),
        Weights.scaled(instance.weight(), most),
        false,
        condition,
        instance.labels(),
        context.name());
  }
}
