package dev.weir.memberlist;

import dev.weir.model.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an address per line; {@code #} begins a comment, at the start of a line or after a blank.
 */
final class PlainText {

  private PlainText() {}

  static List<MemberEntry> read(String text, Problems problems) {
    List<MemberEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      if (problems.enough()) {
        break;
      }
      number++;
      String word = withoutComment(line).strip();
      if (!word.isEmpty()) {
        entry(word, number, entries, problems);
      }
    }
    if (entries.isEmpty() && problems.isEmpty()) {
      problems.add(StructuredText.NOTHING);
    }
    return entries;
  }

  private static void entry(String word, int number, List<MemberEntry> entries, Problems problems) {
    try {
      entries.add(MemberEntry.of(Address.parse(word)));
    } catch (IllegalArgumentException wrong) {
      problems.add(number, String.valueOf(wrong.getMessage()));
    }
  }

  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
        return line.substring(0, i);
      }
    }
    return line;
  }
}
