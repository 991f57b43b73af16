package dev.weir.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where one look after the other is shown: on a terminal each in the place of the one before, cut
 * to its height, elsewhere one below the other. Used by one thread.
 */
final class Screen {

  private static final String TO_THE_TOP = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final Terminal terminal;

  Screen(Shell shell) {
    this.out = shell.out();
    this.terminal = shell.terminal();
  }

  /** Whether anybody can still see it. */
  boolean isThere() {
    return !out.checkError();
  }

  /** Shows what was seen. */
  void show(String text) {
    if (terminal.height().isEmpty()) {
      out.print(text);
    } else {
      out.print(
          TO_THE_TOP
              + cut(text.lines().toList(), terminal.height().getAsInt()).stream()
                  .map(line -> line + CLEAR_LINE + "\n")
                  .collect(Collectors.joining())
              + CLEAR_BELOW);
    }
    out.flush();
  }

  /** The last line of the terminal stays free for the cursor, and one may tell what is cut. */
  private static List<String> cut(List<String> lines, int height) {
    int room = Math.max(2, height - 1);
    if (lines.size() <= room) {
      return lines;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, room - 1));
    shown.add("... and %d lines more".formatted(lines.size() - shown.size()));
    return shown;
  }
}
