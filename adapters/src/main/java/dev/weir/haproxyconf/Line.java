package dev.weir.haproxyconf;

import java.util.List;
import java.util.Optional;

/**
 * A line of an HAProxy configuration.
 *
 * @param number counted from 1
 * @param start the index of its first character in the file's text, blanks included
 * @param end the index after its last one, its line break left out
 * @param words empty for a line of blanks or a comment
 * @param comment the index of its {@code #}; {@link #NONE} where it has no comment
 * @param conditional whether it stands between a {@code .if} and its {@code .endif}: only HAProxy
 *     knows whether it counts
 */
public record Line(
    int number, int start, int end, List<Word> words, int comment, boolean conditional) {

  /** No comment. */
  public static final int NONE = -1;

  public Line {
    words = List.copyOf(words);
  }

  /** Its first word; empty where it has none. */
  public String keyword() {
    return words.isEmpty() ? "" : words.getFirst().text();
  }

  /** The text of all words. */
  public List<String> texts() {
    return words.stream().map(Word::text).toList();
  }

  /** Whether it is one of {@code .if}, {@code .notice} and so on. */
  public boolean isMacro() {
    return keyword().startsWith(".");
  }

  /** What follows the {@code #} of its comment. */
  public Optional<String> remark(String text) {
    return comment == NONE ? Optional.empty() : Optional.of(text.substring(comment + 1, end));
  }
}
