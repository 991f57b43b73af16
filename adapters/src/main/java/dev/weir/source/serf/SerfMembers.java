package dev.weir.source.serf;

import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes members of nodes. */
final class SerfMembers {

  private static final String WEIGHT = "weight";

  private final NodeSelection selection;
  private final SourceType.Context context;

  SerfMembers(NodeSelection selection, SourceType.Context context) {
    this.selection = selection;
    this.context = context;
  }

  /**
   * The report that these nodes are. A node that has left is known to have ended; of one that
   * failed the cluster only thinks so.
   */
  SourceReport report(List<SerfNode> nodes) {
    List<Member> members = new ArrayList<>();
    Map<MemberId, String> ended = new HashMap<>();
    List<String> remarks = new ArrayList<>();
    for (SerfNode node : nodes) {
      if (selection.takes(node)) {
        try {
          Member member = member(node);
          switch (node.status()) {
            case ALIVE, LEAVING -> members.add(member);
            case LEFT -> ended.put(member.id(), "node " + node.name() + " has left the cluster");
            case FAILED, NONE -> {}
          }
        } catch (IllegalArgumentException wrong) {
          remarks.add("node %s: %s".formatted(node.name(), wrong.getMessage()));
        }
      }
    }
    return new Complete(members, Absence.MISSING, ended, remarks);
  }

  private Member member(SerfNode node) {
    Endpoint.Ip address = new Endpoint.Ip(node.ip(), selection.port(node));
    return new Member(
        new MemberId(context.pool(), address),
        Optional.of(node.name()),
        weight(node),
        false,
        node.status() == SerfNode.Status.LEAVING ? Condition.DRAINING : Condition.READY,
        node.tags(),
        context.name());
  }

  private static int weight(SerfNode node) {
    String text = node.tags().getOrDefault(WEIGHT, "1");
    if (!text.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("tag weight: %s (expected: 1 to 256)".formatted(text));
    }
    return Member.checkWeight(Integer.parseInt(text));
  }
}
