package dev.weir.haproxyconf;

import dev.weir.handwritten.ConfException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One file of an HAProxy configuration, taken apart. The text itself is kept: what is not changed
 * is written back byte for byte.
 *
 * <p>It knows words, sections and conditions, and of the keywords only those that begin a section:
 * what HAProxy would say of the others, {@code haproxy -c} says.
 */
public record ConfText(String text, List<Section> sections) {

  private static final Set<String> SECTIONS =
      Set.of(
          "acme",
          "backend",
          "cache",
          "crt-store",
          "defaults",
          "fcgi-app",
          "frontend",
          "global",
          "http-errors",
          "listen",
          "log-forward",
          "log-profile",
          "mailers",
          "peers",
          "program",
          "resolvers",
          "ring",
          "traces",
          "userlist");

  public ConfText {
    sections = List.copyOf(sections);
  }

  /**
   * Takes a file's text apart.
   *
   * @throws ConfException for what is no HAProxy configuration
   */
  public static ConfText parse(String text) {
    Reader reader = new Reader();
    for (Line line : lines(text)) {
      reader.take(line);
    }
    return new ConfText(text, reader.finish());
  }

  /** Whether a line that begins with this word begins a section. */
  public static boolean beginsSection(String word) {
    return SECTIONS.contains(word);
  }

  /** The words of a single line. */
  public static Line line(String text) {
    int end = text.indexOf('\n');
    return new LineReader(text, 1, 0, end < 0 ? text.length() : end).read(false);
  }

  /** All lines, in order; that a last line has no line break is nothing to the reader. */
  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    Conditions conditions = new Conditions();
    int start = 0;
    while (start < text.length()) {
      int found = text.indexOf('\n', start);
      int end = found < 0 ? text.length() : found;
      int visible = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      Line line = new LineReader(text, lines.size() + 1, start, visible).read(conditions.inside());
      if (line.isMacro()) {
        conditions.take(line);
      }
      lines.add(line);
      start = end + 1;
    }
    conditions.finish();
    return lines;
  }

  /** Puts sections together. */
  private static final class Reader {
    private final List<Section> sections = new ArrayList<>();
    private final List<Line> inside = new ArrayList<>();

    void take(Line line) {
      if (beginsSection(line.keyword())) {
        close();
        inside.add(line);
      } else if (!inside.isEmpty()) {
        inside.add(line);
      } else if (saysSomething(line)) {
        throw outside(line);
      }
    }

    /** HAProxy skips a line whose first word is empty, also one that a variable left empty. */
    private static boolean saysSomething(Line line) {
      return !line.keyword().isEmpty()
          && !line.words().getFirst().variable()
          && !line.isMacro()
          && !line.conditional();
    }

    private static ConfException outside(Line line) {
      Word word = line.words().getFirst();
      return new ConfException(
          line.number(),
          word.start() - line.start() + 1,
          "'%s' stands in no section (expected: global, defaults, backend or another one first)"
              .formatted(word.text()));
    }

    private void close() {
      if (!inside.isEmpty()) {
        sections.add(new Section(inside.getFirst(), inside.subList(1, inside.size())));
        inside.clear();
      }
    }

    List<Section> finish() {
      close();
      return sections;
    }
  }
}
