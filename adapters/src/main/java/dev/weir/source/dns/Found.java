package dev.weir.source.dns;

import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.SourceType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a name stands for, without how long. */
record Found(List<Target> targets, List<String> remarks) {

  Found {
    targets = List.copyOf(targets);
    remarks = List.copyOf(remarks);
  }

  /**
   * One address.
   *
   * @param host the name that leads to it; absent where that is the question's own
   * @param weight 1 to 256
   */
  record Target(Endpoint.Ip address, Optional<String> host, int weight, boolean backup) {}

  SourceReport report(SourceType.Context context) {
    return new Complete(
        targets.stream().map(target -> member(target, context)).toList(),
        Absence.MISSING,
        Map.of(),
        remarks);
  }

  private static Member member(Target target, SourceType.Context context) {
    return new Member(
        new MemberId(context.pool(), target.address()),
        target.host(),
        target.weight(),
        target.backup(),
        Condition.READY,
        Collections.emptySortedMap(),
        context.name());
  }
}
