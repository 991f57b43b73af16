package dev.weir.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in columns. On a terminal it fits the width: the last column, which explains, is cut first,
 * then whichever is widest. Used by one thread.
 */
final class Table {

  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    this.titles = List.of(titles);
  }

  /** Adds a row; its texts may be foreign. */
  void row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          "%d cells (expected: %d)".formatted(cells.length, titles.size()));
    }
    rows.add(Arrays.stream(cells).map(Terminal::safe).toList());
  }

  void print(PrintWriter out, Terminal terminal) {
    int[] widths = widths();
    terminal.width().ifPresent(width -> fit(widths, width));
    out.println(line(titles, widths, Terminal.NONE));
    rows.forEach(row -> out.println(line(row, widths, terminal)));
  }

  private int[] widths() {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = length(titles.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private static void fit(int[] widths, int terminal) {
    int tooMuch = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - terminal;
    int last = widths.length - 1;
    while (tooMuch > 0) {
      int column = widths[last] > 2 * NARROWEST ? last : widest(widths);
      if (widths[column] <= NARROWEST) {
        return;
      }
      widths[column]--;
      tooMuch--;
    }
  }

  private static int widest(int[] widths) {
    int widest = 0;
    for (int i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    return widest;
  }

  private static String line(List<String> cells, int[] widths, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String text = cut(cells.get(i), widths[i]);
      line.append(terminal.coloured(cells.get(i), text));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(widths[i] - length(text) + GAP));
      }
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
