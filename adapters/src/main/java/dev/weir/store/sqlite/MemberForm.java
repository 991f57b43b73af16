package dev.weir.store.sqlite;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members, one to a line, and reports of them: the time of the report and then the members. */
final class MemberForm {

  private static final String RESOLVED = "resolved";

  private MemberForm() {}

  static Form write(MemberId id) {
    return new Form().put("pool", id.pool().value()).put("address", id.address().toString());
  }

  static MemberId readId(Form form) {
    return new MemberId(new PoolId(form.get("pool")), Address.parse(form.get("address")));
  }

  static Form write(Member member) {
    return write(member.id())
        .putIfPresent("name", member.name())
        .put("weight", Integer.toString(member.weight()))
        .put("backup", Boolean.toString(member.backup()))
        .put("condition", member.condition().name())
        .put("source", member.source().value())
        .putLabels(member.labels());
  }

  static Member read(Form form) {
    return new Member(
        readId(form),
        form.find("name"),
        Integer.parseInt(form.get("weight")),
        Boolean.parseBoolean(form.get("backup")),
        Condition.valueOf(form.get("condition")),
        form.labels(),
        new SourceName(form.get("source")));
  }

  static String write(LastGood report) {
    StringBuilder text = new StringBuilder(128 * (1 + report.members().size()));
    text.append(new Form().put("at", report.at().toString()).write());
    for (Member member : report.members()) {
      Form form = write(member);
      if (member.address() instanceof Address.Host host) {
        form =
            form.putIfPresent(
                RESOLVED,
                Optional.ofNullable(report.resolved().get(host)).map(Endpoint.Ip::toString));
      }
      text.append('\n').append(form.write());
    }
    return text.toString();
  }

  static LastGood readReport(String text) {
    List<Form> lines = text.lines().map(Form::read).toList();
    List<Member> members = new ArrayList<>();
    Map<Address.Host, Endpoint.Ip> resolved = new HashMap<>();
    for (Form line : lines.subList(1, lines.size())) {
      Member member = read(line);
      members.add(member);
      if (member.address() instanceof Address.Host host) {
        line.find(RESOLVED).ifPresent(ip -> resolved.put(host, (Endpoint.Ip) Address.parse(ip)));
      }
    }
    return new LastGood(members, Instant.parse(lines.getFirst().get("at")), true, resolved);
  }
}
