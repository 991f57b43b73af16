package dev.weir.store.sqlite;

import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What belongs to a revision besides its columns, as lines: pools, their members, the changes. */
final class RevisionForm {

  private static final String POOL = "pool";
  private static final String MEMBER = "member";
  private static final String CHANGE = "change";

  private RevisionForm() {}

  /** What the lines say. */
  record Body(List<DesiredPool> pools, List<MemberChange> changes) {
    Body {
      pools = List.copyOf(pools);
      changes = List.copyOf(changes);
    }
  }

  /** Names of files and the keys of their texts. */
  static String files(Map<Path, RevisionTexts.Keyed> texts) {
    Form form = new Form();
    texts.forEach((file, text) -> form.put(file.toString(), text.key()));
    return form.write();
  }

  /** By name, in order. */
  static Map<String, String> keys(String files) {
    return Form.read(files).all();
  }

  /** A pool and its members, packed. */
  static byte[] pool(DesiredPool pool) {
    StringBuilder lines = new StringBuilder();
    line(lines, new Form().put("is", POOL).put("name", pool.id().value()).put("empty", text(pool)));
    pool.members().forEach(member -> line(lines, write(member)));
    return Packed.pack(lines.toString());
  }

  /** The changes, packed; to be put behind the pools. */
  static byte[] changes(List<MemberChange> changes) {
    StringBuilder lines = new StringBuilder();
    changes.forEach(change -> line(lines, write(change)));
    return Packed.pack(lines.toString());
  }

  private static void line(StringBuilder lines, Form form) {
    lines.append(form.write()).append('\n');
  }

  private static Form write(DesiredMember member) {
    return new Form()
        .put("is", MEMBER)
        .put("address", member.id().address().toString())
        .put("name", member.name())
        .put("endpoint", member.endpoint().toString())
        .put("state", member.state().name())
        .put("weight", Integer.toString(member.weight()))
        .put("backup", Boolean.toString(member.backup()))
        .put("cause", member.because().cause().name())
        .put("detail", member.because().detail())
        .putLabels(member.labels());
  }

  private static Form write(MemberChange change) {
    return new Form()
        .put("is", CHANGE)
        .put("pool", change.pool().value())
        .put("name", change.name())
        .put("endpoint", change.endpoint().toString())
        .put("before", change.before())
        .put("after", change.after())
        .put("why", change.why());
  }

  /** IllegalArgumentException for what is not pools and then changes. */
  static Body read(byte[] bytes) {
    List<DesiredPool> pools = new ArrayList<>();
    List<MemberChange> changes = new ArrayList<>();
    List<Form> lines = Packed.unpack(bytes).lines().map(Form::read).toList();
    int at = 0;
    while (at < lines.size()) {
      Form line = lines.get(at);
      if (line.get("is").equals(POOL)) {
        int end = at + 1;
        while (end < lines.size() && lines.get(end).get("is").equals(MEMBER)) {
          end++;
        }
        pools.add(pool(line, lines.subList(at + 1, end)));
        at = end;
      } else {
        changes.add(change(line));
        at++;
      }
    }
    return new Body(pools, changes);
  }

  private static DesiredPool pool(Form line, List<Form> members) {
    PoolId id = new PoolId(line.get("name"));
    return DesiredPool.of(
        id,
        members.stream().map(member -> member(id, member)).toList(),
        List.of(),
        empty(line.get("empty")));
  }

  private static DesiredMember member(PoolId pool, Form line) {
    return new DesiredMember(
        new MemberId(pool, Address.parse(line.get("address"))),
        line.get("name"),
        (Endpoint) Address.parse(line.get("endpoint")),
        ServerState.valueOf(line.get("state")),
        Integer.parseInt(line.get("weight")),
        Boolean.parseBoolean(line.get("backup")),
        line.labels(),
        new Because(Because.Cause.valueOf(line.get("cause")), line.get("detail")));
  }

  private static MemberChange change(Form line) {
    return new MemberChange(
        new PoolId(line.get("pool")),
        line.get("name"),
        (Endpoint) Address.parse(line.get("endpoint")),
        line.get("before"),
        line.get("after"),
        line.get("why"));
  }

  private static String text(DesiredPool pool) {
    return switch (pool.empty()) {
      case EmptyPolicy.Status status -> Integer.toString(status.code());
      case EmptyPolicy.Fallback fallback -> fallback.endpoint().toString();
      case EmptyPolicy.Keep ignored -> "keep";
    };
  }

  private static EmptyPolicy empty(String text) {
    if (text.equals("keep")) {
      return new EmptyPolicy.Keep();
    }
    return text.matches("[0-9]{3}")
        ? new EmptyPolicy.Status(Integer.parseInt(text))
        : new EmptyPolicy.Fallback((Endpoint) Address.parse(text));
  }
}
