package dev.weir.source.statics;

import dev.weir.memberlist.MemberEntry;
import dev.weir.model.Member;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The members that the configuration lists. They change with the configuration only, and who takes
 * one out of it means it: absence is hard evidence.
 */
final class StaticSource implements Source {

  private final List<Member> members;

  StaticSource(List<MemberEntry> entries, SourceType.Context context) {
    this.members =
        entries.stream().map(entry -> entry.member(context.pool(), context.name())).toList();
  }

  @Override
  public void watch(Sink sink) throws InterruptedException {
    sink.report(new Complete(members, Absence.ENDED, Map.of()));
    new CountDownLatch(1).await(); // nothing can change until the configuration does
  }
}
