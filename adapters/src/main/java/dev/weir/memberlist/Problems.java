package dev.weir.memberlist;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a text, each with its line; the first few are kept and the rest counted. */
final class Problems {

  private static final int KEPT = 5;

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

  /** All in one line. */
  String summary() {
    String shown = String.join("; ", first);
    return count > first.size() ? shown + "; and %d more".formatted(count - first.size()) : shown;
  }
}
