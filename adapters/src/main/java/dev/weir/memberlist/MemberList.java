package dev.weir.memberlist;

import java.util.List;

/** What became of reading a list of members. */
public sealed interface MemberList {

  /** The list was read in full; no entries means that there are no members. */
  record Read(List<MemberEntry> entries) implements MemberList {
    public Read {
      entries = List.copyOf(entries);
    }
  }

  /**
   * It is not a list of members, or not all of it. Says nothing about members.
   *
   * @param reason one line for people: where, the value, what was expected; several with semicolons
   */
  record Unreadable(String reason) implements MemberList {}

  /**
   * Reads any of the formats that the reference describes: YAML or JSON, Prometheus' {@code
   * file_sd}, or plain text with an address on each line.
   *
   * @param place what the problems name as their place: a file's path
   */
  static MemberList parse(String place, String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Problems problems = new Problems(place);
    List<MemberEntry> entries =
        Format.of(place, content) == Format.PLAIN
            ? PlainText.read(content, problems)
            : StructuredText.read(content, problems);
    return problems.isEmpty() ? new Read(entries) : new Unreadable(problems.summary());
  }

  /**
   * Reads one member, written as a mapping in YAML or JSON.
   *
   * @param place what the problems name as their place
   * @return a list of one entry, or what is wrong
   */
  static MemberList one(String place, String text) {
    Problems problems = new Problems(place);
    List<MemberEntry> entries = StructuredText.readOne(text, problems);
    return problems.isEmpty() ? new Read(entries) : new Unreadable(problems.summary());
  }
}
