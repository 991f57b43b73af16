package dev.weir.template.jinja.run;

import dev.weir.template.jinja.value.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks a line into lines of a width: between words, and behind hyphens inside them.
 *
 * @param width in characters
 */
record Wrapping(long width, Words longWords, Hyphens hyphens) {

  /** What becomes of a word that is wider than a line. */
  enum Words {
    CUT,
    KEPT
  }

  /** Whether a line may end behind a hyphen. */
  enum Hyphens {
    BREAK,
    KEEP
  }

  private static final String SPACE = "[\\t\\n\\x0b\\f\\r ]";
  private static final String NO_SPACE = "[^\\t\\n\\x0b\\f\\r ]";
  private static final String LETTER = "[^\\d\\W]";

  /** White space, dashes between words, parts of words up to a hyphen, words. */
  private static final Pattern CHUNK =
      Pattern.compile(
          SPACE
              + "+"
              + "|(?<=[\\w!\"'&.,?])-{2,}(?=\\w)"
              + "|"
              + NO_SPACE
              + "+?(?:-(?:(?<="
              + LETTER
              + "{2}-)|(?<="
              + LETTER
              + "-"
              + LETTER
              + "-))(?="
              + LETTER
              + "-?"
              + LETTER
              + ")"
              + "|(?="
              + SPACE
              + "|\\z)"
              + "|(?<=[\\w!\"'&.,?])(?=-{2,}\\w))",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern PLAIN = Pattern.compile(SPACE + "+|" + NO_SPACE + "+");

  Wrapping {
    if (width <= 0) {
      throw new Failure("invalid width " + width + " (must be > 0)");
    }
  }

  /** The lines of a text. */
  List<String> lines(String text) {
    Deque<String> chunks = new ArrayDeque<>();
    Matcher found = (hyphens == Hyphens.BREAK ? CHUNK : PLAIN).matcher(text);
    while (found.find()) {
      chunks.add(found.group());
    }
    List<String> lines = new ArrayList<>();
    while (!chunks.isEmpty()) {
      if (!lines.isEmpty() && chunks.getFirst().isBlank()) {
        var _ = chunks.pop();
      }
      String line = line(chunks);
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private String line(Deque<String> chunks) {
    List<String> line = new ArrayList<>();
    long left = width;
    while (!chunks.isEmpty() && size(chunks.getFirst()) <= left) {
      left -= size(chunks.getFirst());
      line.add(chunks.pop());
    }
    if (!chunks.isEmpty() && size(chunks.getFirst()) > width) {
      tooLong(chunks, line, left);
    }
    if (!line.isEmpty() && line.getLast().isBlank()) {
      var _ = line.removeLast();
    }
    return String.join("", line);
  }

  private void tooLong(Deque<String> chunks, List<String> line, long left) {
    if (longWords == Words.KEPT) {
      if (line.isEmpty()) {
        line.add(chunks.pop());
      }
      return;
    }
    String chunk = chunks.pop();
    int end = cut(chunk, (int) left);
    line.add(chunk.substring(0, end));
    chunks.push(chunk.substring(end));
  }

  private int cut(String chunk, int left) {
    int end = chunk.offsetByCodePoints(0, left);
    if (hyphens == Hyphens.BREAK && left > 0) {
      int hyphen = chunk.lastIndexOf('-', end - 1);
      if (hyphen > 0 && chunk.substring(0, hyphen).chars().anyMatch(c -> c != '-')) {
        return hyphen + 1;
      }
    }
    return end;
  }

  private static int size(String chunk) {
    return chunk.codePointCount(0, chunk.length());
  }
}
