package dev.weir.driver.haproxy;

import dev.weir.model.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lines of HAProxy's configuration as words, and what may stand in one. */
final class Words {

  private static final Set<String> SECTIONS =
      Set.of(
          "global",
          "defaults",
          "frontend",
          "backend",
          "listen",
          "cache",
          "fcgi-app",
          "http-errors",
          "log-forward",
          "mailers",
          "peers",
          "program",
          "resolvers",
          "ring",
          "userlist");

  private Words() {}

  /**
   * The text, stripped, if it is one line whose quotations end and that no comment cuts short.
   *
   * @throws IllegalArgumentException when it is not
   */
  static String oneLine(String text) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw new IllegalArgumentException(
          "%s has a line break or control character (expected: one line)"
              .formatted(Quoted.of(text)));
    }
    Scan scan = new Scan(text);
    scan.run();
    if (scan.open()) {
      throw new IllegalArgumentException(
          "%s ends within a quotation or after a backslash (expected: balanced quotes)"
              .formatted(Quoted.of(text)));
    }
    if (scan.comment) {
      throw new IllegalArgumentException(
          "%s has a comment (expected: none, or \\# for the character)".formatted(Quoted.of(text)));
    }
    return text.strip();
  }

  /** Whether a line that begins with this word begins a section. */
  static boolean beginsSection(String first) {
    return SECTIONS.contains(first);
  }

  /** The words of a line, quotes and backslashes taken off, up to a comment. */
  static List<String> split(String line) {
    Scan scan = new Scan(line);
    scan.run();
    return scan.words;
  }

  /** One pass over a line, as HAProxy reads it. */
  private static final class Scan {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;
    private boolean escaped;
    private boolean comment;

    Scan(String text) {
      this.text = text;
    }

    boolean open() {
      return quote != 0 || escaped;
    }

    void run() {
      for (int i = 0; i < text.length() && !comment; i++) {
        take(text.charAt(i));
      }
      endWord();
    }

    private void take(char c) {
      if (escaped) {
        escaped = false;
        append(c);
      } else if (quote != 0) {
        quoted(c);
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == '#') {
        comment = true;
      } else if (c == ' ' || c == '\t') {
        endWord();
      } else {
        append(c);
      }
    }

    private void quoted(char c) {
      if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote == '"') {
        escaped = true;
      } else {
        append(c);
      }
    }

    private void append(char c) {
      inWord = true;
      word.append(c);
    }

    private void endWord() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
  }
}
