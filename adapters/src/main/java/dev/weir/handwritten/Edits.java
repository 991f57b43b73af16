package dev.weir.handwritten;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of a text at some places, all of them counted in the text as it was. */
public final class Edits {

  private final String text;
  private final List<Edit> edits = new ArrayList<>();

  /** Changes of this text. */
  public Edits(String text) {
    this.text = text;
  }

  private record Edit(int start, int end, String instead) {}

  /** Puts something else in the place of a piece. */
  public void replace(int start, int end, String instead) {
    edits.add(new Edit(start, end, instead));
  }

  /** Puts whole lines, without the last one's end, after the line of this index. */
  public void insertAfterLine(int at, String lines) {
    int end = lineEnd(at);
    if (end < text.length() || text.endsWith("\n")) {
      edits.add(new Edit(end, end, lines + lineBreak()));
    } else {
      edits.add(new Edit(end, end, lineBreak() + lines));
    }
  }

  /** Takes a piece away, and its lines where nothing else stands in them. */
  public void remove(int start, int end) {
    int from = lineStart(start);
    int to = lineEnd(end);
    boolean alone = text.substring(from, start).isBlank() && text.substring(end, to).isBlank();
    edits.add(alone ? new Edit(from, to, "") : new Edit(start, end, ""));
  }

  /** The blanks that the line of this index begins with. */
  public String indent(int at) {
    int from = lineStart(at);
    int to = from;
    while (to < text.length() && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
      to++;
    }
    return text.substring(from, to);
  }

  /** How lines end in this text: as its first one does. */
  public String lineBreak() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /**
   * The text with all changes.
   *
   * @throws IllegalStateException where two of them overlap
   */
  public String apply() {
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder changed = new StringBuilder(text.length() + 64 * edits.size());
    int at = 0;
    for (Edit edit : edits) {
      if (edit.start() < at) {
        throw new IllegalStateException("two changes of the same place, index " + edit.start());
      }
      changed.append(text, at, edit.start()).append(edit.instead());
      at = edit.end();
    }
    return changed.append(text, at, text.length()).toString();
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** The index after the line end; the end of the text where the last line has none. */
  private int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }
}
