package dev.weir.source.keyvalue;

import dev.weir.memberlist.MemberEntry;
import dev.weir.memberlist.MemberList;
import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.model.Quoted;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Makes members of keys and values. Each key is written by somebody else, so that one that cannot
 * be read spoils no other: it keeps the member that it last stood for, or is none, and is remarked
 * upon. Used by one thread.
 */
final class KeyedMembers {

  private final SourceType.Context context;

  /** What each key last said and stood for. */
  private Map<String, Known> known = new HashMap<>();

  /**
   * A key's value and what it was read as.
   *
   * @param entry the last that could be read; absent when none ever could
   * @param problem what is wrong with the value; absent when nothing is
   */
  private record Known(String value, Optional<MemberEntry> entry, Optional<String> problem) {}

  KeyedMembers(SourceType.Context context) {
    this.context = context;
  }

  /** The report that these pairs are. */
  SourceReport report(SortedMap<String, String> pairs) {
    Map<String, Known> now = new HashMap<>();
    List<Member> members = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    pairs.forEach((key, value) -> {
      String last = key.substring(key.lastIndexOf('/') + 1);
      if (!last.isEmpty()) {
        Known read = read(key, last, value);
        now.put(key, read);
        read.entry().map(it -> it.member(context.pool(), context.name())).ifPresent(members::add);
        read.problem().ifPresent(remarks::add);
      }
    });
    known = now;
    return new Complete(members, Absence.MISSING, Map.of(), remarks);
  }

  private Known read(String key, String last, String value) {
    Known before = known.get(key);
    if (before != null && before.value().equals(value)) {
      return before;
    }
    Optional<MemberEntry> former = before == null ? Optional.empty() : before.entry();
    String text = value.strip();
    return switch (entry(last, text)) {
      case MemberList.Read one when one.entries().size() == 1 ->
          new Known(value, one.entries().stream().findFirst(), Optional.empty());
      case MemberList.Read none -> unclear(key, value, former, "no address");
      case MemberList.Unreadable wrong -> unclear(key, value, former, wrong.reason());
    };
  }

  private static Known unclear(
      String key, String value, Optional<MemberEntry> former, String reason) {
    String kept = former.isPresent() ? " (the member stays as it was)" : "";
    return new Known(value, former, Optional.of(Quoted.of(key) + ": " + reason + kept));
  }

  private static MemberList entry(String last, String text) {
    if (text.startsWith("{")) {
      return switch (MemberList.one("value", text)) {
        case MemberList.Read read -> named(read, last);
        case MemberList.Unreadable unreadable -> unreadable;
      };
    }
    return address(text)
        .map(address -> named(new MemberList.Read(List.of(MemberEntry.of(address))), last))
        .or(() -> address(last).map(at -> new MemberList.Read(List.of(MemberEntry.of(at)))))
        .orElseGet(() ->
            new MemberList.Unreadable(
                "value %s (expected: HOST:PORT, or JSON with address, or an address as the last"
                        .formatted(Quoted.of(text))
                    + " part of the key)"));
  }

  /** Members that say no name have that of their key, where it is not an address itself. */
  private static MemberList named(MemberList.Read read, String last) {
    return new MemberList.Read(
        read.entries().stream()
            .map(entry ->
                entry.name().isPresent() || address(last).isPresent() ? entry : entry.named(last))
            .toList());
  }

  private static Optional<Address> address(String text) {
    try {
      return text.indexOf(':') < 0 ? Optional.empty() : Optional.of(Address.parse(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
