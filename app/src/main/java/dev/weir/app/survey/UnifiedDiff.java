package dev.weir.app.survey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The difference of two texts as {@code diff -u} shows it, with three lines around each change. */
public final class UnifiedDiff {

  private static final int AROUND = 3;

  /** One line and what becomes of it. */
  private record Line(char sign, String text) {}

  private UnifiedDiff() {}

  /**
   * One of the two.
   *
   * @param name as the head of the difference shows it
   */
  public record Side(String name, String text) {}

  /** The difference; empty where there is none. */
  public static String of(Side left, Side right) {
    String before = left.text();
    String after = right.text();
    if (before.equals(after)) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append("--- ").append(left.name()).append('\n');
    out.append("+++ ").append(right.name()).append('\n');
    List<Line> lines = script(before.lines().toList(), after.lines().toList());
    int from = 0;
    while (from < lines.size()) {
      int start = nextChange(lines, from);
      if (start == lines.size()) {
        break;
      }
      int end = endOfHunk(lines, start);
      hunk(lines, Math.max(from, start - AROUND), Math.min(lines.size(), end + AROUND), out);
      from = Math.min(lines.size(), end + AROUND);
    }
    return out.toString();
  }

  private static int nextChange(List<Line> lines, int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).sign() == ' ') {
      at++;
    }
    return at;
  }

  /** After the last change that has fewer than two contexts of equal lines before it. */
  private static int endOfHunk(List<Line> lines, int start) {
    int end = start + 1;
    for (int at = start + 1; at < lines.size() && at - end < 2 * AROUND; at++) {
      if (lines.get(at).sign() != ' ') {
        end = at + 1;
      }
    }
    return end;
  }

  private static void hunk(List<Line> lines, int from, int to, StringBuilder out) {
    List<Line> ahead = lines.subList(0, from);
    List<Line> here = lines.subList(from, to);
    out.append("@@ -").append(range(ahead, here, '+'));
    out.append(" +").append(range(ahead, here, '-')).append(" @@\n");
    here.forEach(line -> out.append(line.sign()).append(line.text()).append('\n'));
  }

  private static String range(List<Line> ahead, List<Line> here, char foreign) {
    long before = ahead.stream().filter(line -> line.sign() != foreign).count();
    long count = here.stream().filter(line -> line.sign() != foreign).count();
    return (count == 0 ? before : before + 1) + "," + count;
  }

  /** The shortest script from one list of lines to the other (Myers' greedy algorithm). */
  private static List<Line> script(List<String> a, List<String> b) {
    List<List<Integer>> trace = new ArrayList<>();
    List<Integer> furthest = new ArrayList<>(List.of(0));
    for (int edits = 0; ; edits++) {
      List<Integer> next = new ArrayList<>(Collections.nCopies(edits + 1, 0));
      for (int i = 0; i <= edits; i++) {
        int diagonal = 2 * i - edits;
        int x = edits == 0 ? 0 : step(furthest, i, edits);
        while (x < a.size() && x - diagonal < b.size() && a.get(x).equals(b.get(x - diagonal))) {
          x++;
        }
        next.set(i, x);
        if (x >= a.size() && x - diagonal >= b.size()) {
          trace.add(next);
          return backtrack(trace, a, b);
        }
      }
      trace.add(next);
      furthest = next;
    }
  }

  /** Where a diagonal starts: right of the one below it, or below the one above it. */
  private static int step(List<Integer> furthest, int i, int edits) {
    boolean down = i == 0 || (i < edits && furthest.get(i - 1) < furthest.get(i));
    return down ? furthest.get(i) : furthest.get(i - 1) + 1;
  }

  private static List<Line> backtrack(List<List<Integer>> trace, List<String> a, List<String> b) {
    List<Line> reversed = new ArrayList<>();
    int x = a.size();
    int y = b.size();
    for (int edits = trace.size() - 1; edits > 0; edits--) {
      List<Integer> former = trace.get(edits - 1);
      int i = (x - y + edits) / 2;
      boolean down = i == 0 || (i < edits && former.get(i - 1) < former.get(i));
      int startX = down ? former.get(i) : former.get(i - 1) + 1;
      while (x > startX) {
        reversed.add(new Line(' ', a.get(--x)));
        y--;
      }
      reversed.add(down ? new Line('+', b.get(--y)) : new Line('-', a.get(--x)));
    }
    while (x > 0) {
      reversed.add(new Line(' ', a.get(--x)));
    }
    return reversed.reversed();
  }
}
