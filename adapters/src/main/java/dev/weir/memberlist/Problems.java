package dev.weir.memberlist;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a text, each with its line; the first few are kept and the rest counted, up to
 * a thousand: a text with so many is no list of members, and need not be read any further.
 */
final class Problems {

  private static final int KEPT = 5;
  private static final int MOST = 1000;

  private final String place;
  private final List<String> first = new ArrayList<>();
  private int count;

  Problems(String place) {
    this.place = place;
  }

  /** Notes a problem of the text as a whole. */
  void add(String problem) {
    add(0, problem);
  }

  /**
   * Notes a problem.
   *
   * @param line counted from 1; 0 when it concerns the text as a whole
   */
  void add(int line, String problem) {
    note(line == 0 ? place + ": " + problem : place + ":" + line + ": " + problem);
  }

  private void note(String problem) {
    count++;
    if (first.size() < KEPT) {
      first.add(problem);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether there are so many that nobody wants to know of more. */
  boolean enough() {
    return count >= MOST;
  }

  /** All in one line. */
  String summary() {
    String shown = String.join("; ", first);
    String more = enough() ? "; and at least %d more" : "; and %d more";
    return count > first.size() ? shown + more.formatted(count - first.size()) : shown;
  }
}
