package dev.weir.source.docker;

import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.source.docker.Container.Phase;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a pool's reports of what is known of an engine. It remembers which container was which
 * member, because an ended container has no address any more. Used by one thread.
 */
final class Roster {

  private static final int PROBLEMS_SHOWN = 5;

  private final Selection selection;
  private final Addressing addressing;
  private final SourceType.Context context;
  private final Map<String, MemberId> members = new HashMap<>();

  Roster(Selection selection, Addressing addressing, SourceType.Context context) {
    this.selection = selection;
    this.addressing = addressing;
    this.context = context;
  }

  /** What the snapshot says of this pool; absent while nothing is known. */
  Optional<SourceReport> report(Snapshot snapshot) {
    return switch (snapshot) {
      case Snapshot.Unknown unknown -> Optional.empty();
      case Snapshot.Unreachable unreachable -> Optional.of(new Unavailable(unreachable.reason()));
      case Snapshot.Known known -> Optional.of(report(known));
    };
  }

  private SourceReport report(Snapshot.Known known) {
    List<Member> listed = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    known.containers().values().stream()
        .filter(selection::matches)
        .sorted(Comparator.comparing(Container::name))
        .forEach(container -> {
          remark(container).ifPresent(remarks::add);
          if (container.phase() != Phase.STARTING) {
            add(container, listed, problems);
          }
        });
    if (listed.isEmpty() && !problems.isEmpty()) {
      return new Unavailable(summary(problems));
    }
    remarks.addAll(problems);
    return new Complete(listed, Absence.MISSING, ended(known, listed), remarks);
  }

  private void add(Container container, List<Member> listed, List<String> problems) {
    try {
      Wishes wishes = Wishes.of(container);
      switch (wishes.applied(addressing).of(container)) {
        case Addressing.Result.Found found -> listed.add(wishes.applied(member(container, found)));
        case Addressing.Result.Problem problem ->
            problems.add(container.name() + " " + problem.text());
      }
    } catch (IllegalArgumentException wrong) {
      problems.add(container.name() + " has " + wrong.getMessage());
    }
  }

  private Member member(Container container, Addressing.Result.Found found) {
    MemberId id = new MemberId(context.pool(), found.address());
    members.put(container.id(), id);
    return Member.of(id, context.name())
        .withName(container.name())
        .withCondition(container.phase() == Phase.RUNNING ? Condition.READY : Condition.DRAINING)
        .withLabels(container.labels());
  }

  private Map<MemberId, String> ended(Snapshot.Known known, List<Member> listed) {
    members
        .keySet()
        .removeIf(id -> !known.containers().containsKey(id) && !known.ended().containsKey(id));
    Set<MemberId> present = new HashSet<>();
    listed.forEach(member -> present.add(member.id()));
    Map<MemberId, String> ended = new HashMap<>();
    known
        .ended()
        .forEach((container, how) -> {
          MemberId member = members.get(container);
          if (member != null && !present.contains(member)) {
            ended.put(member, how);
          }
        });
    return ended;
  }

  private static Optional<String> remark(Container container) {
    return switch (container.phase()) {
      case RUNNING -> Optional.empty();
      case STARTING ->
          Optional.of(
              container.name() + " is starting, its Docker health check has not passed yet");
      case UNHEALTHY ->
          Optional.of(container.name() + " is unhealthy, says its Docker health check");
      case PAUSED -> Optional.of(container.name() + " is paused");
      case STOPPING -> Optional.of(container.name() + " is being stopped");
    };
  }

  private static String summary(List<String> problems) {
    int shown = Math.min(PROBLEMS_SHOWN, problems.size());
    String first =
        "containers match, but none can be used: " + String.join("; ", problems.subList(0, shown));
    return problems.size() > shown
        ? first + "; and %d more".formatted(problems.size() - shown)
        : first;
  }
}
