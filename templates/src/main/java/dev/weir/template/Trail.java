package dev.weir.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where in a template each line of an output comes from. A language notes each text before it is
 * written, an {@link Execution} keeps the notes: three numbers for each, so that a large output
 * costs little. Belongs to one thread.
 */
public final class Trail {
  private static final int FIELDS = 3;

  private final Bytes output;
  private final List<Source> sources = new ArrayList<>();

  /**
   * For each note: the byte of the output, the place in the template, {@code source << 2 | how}.
   */
  private int[] notes = new int[64 * FIELDS];

  private int size;

  Trail(Bytes output) {
    this.output = output;
  }

  /** How a text came to stand in an output, and what its place in the template counts. */
  public enum How {
    /** It stands so in the template, at this byte. */
    COPIED_AT_BYTE,
    /** It stands so in the template, at this character of the text as a string. */
    COPIED_AT_CHAR,
    /** It is a value that the template prints at this byte. */
    PRINTED_AT_BYTE,
    /** It is a value that the template prints at this character. */
    PRINTED_AT_CHAR;

    private static final List<How> ALL = List.of(values());

    private boolean copied() {
      return this == COPIED_AT_BYTE || this == COPIED_AT_CHAR;
    }

    private Place place(Source source, int at) {
      return switch (this) {
        case COPIED_AT_BYTE, PRINTED_AT_BYTE -> source.placeOfByte(at);
        case COPIED_AT_CHAR, PRINTED_AT_CHAR -> source.placeOfChar(at);
      };
    }
  }

  /**
   * A line of an output.
   *
   * @param text without its end
   * @param template the name of the template that wrote it
   * @param templateLine where in it: where the first character of the line that is no blank stands,
   *     or is printed
   * @param printed whether some of it is a value, so that the data have a part in it
   */
  public record Line(String text, String template, int templateLine, boolean printed) {}

  void note(Source source, int at, How how) {
    if (size == notes.length) {
      notes = Arrays.copyOf(notes, 2 * notes.length);
    }
    notes[size] = output.size();
    notes[size + 1] = at;
    notes[size + 2] = index(source) << 2 | How.ALL.indexOf(how);
    size += FIELDS;
  }

  @SuppressWarnings("ReferenceEquality") // the same instance, looked for at each text
  private int index(Source source) {
    for (int index = sources.size() - 1; index >= 0; index--) {
      if (sources.get(index) == source) {
        return index;
      }
    }
    sources.add(source);
    return sources.size() - 1;
  }

  /**
   * Where a line comes from.
   *
   * @param number counted from 1
   * @return empty beyond the last line
   */
  public Optional<Line> line(int number) {
    byte[] bytes = output.toBytes();
    int start = startOf(number, bytes);
    if (start < 0 || size == 0) {
      return Optional.empty();
    }
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    int first = start;
    while (first < end - 1 && (bytes[first] == ' ' || bytes[first] == '\t')) {
      first++;
    }
    int note = noteOf(first);
    Source source = sources.get(notes[note + 2] >> 2);
    return Optional.of(
        new Line(
            Text.of(bytes, start, end).toString(),
            source.name(),
            lineOf(note, first, bytes),
            isPrinted(start, end)));
  }

  private static int startOf(int number, byte[] bytes) {
    int start = 0;
    for (int line = 1; line < number; line++) {
      while (start < bytes.length && bytes[start] != '\n') {
        start++;
      }
      start++;
    }
    return number < 1 || start >= bytes.length ? -1 : start;
  }

  /** The index of the note that the byte at this place was written after. */
  private int noteOf(int at) {
    int low = 0;
    int high = size / FIELDS - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (notes[middle * FIELDS] <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low * FIELDS;
  }

  private How how(int note) {
    return How.ALL.get(notes[note + 2] & 3);
  }

  /** In a text that stands so in the template, each line end leads to its next line. */
  private int lineOf(int note, int at, byte[] bytes) {
    Source source = sources.get(notes[note + 2] >> 2);
    int line = how(note).place(source, notes[note + 1]).line();
    if (how(note).copied()) {
      for (int index = notes[note]; index < at; index++) {
        line += bytes[index] == '\n' ? 1 : 0;
      }
    }
    return line;
  }

  private boolean isPrinted(int start, int end) {
    for (int note = noteOf(start); note < size && notes[note] < end; note += FIELDS) {
      int next = note + FIELDS < size ? notes[note + FIELDS] : output.size();
      if (!how(note).copied() && next > Math.max(start, notes[note])) {
        return true;
      }
    }
    return false;
  }
}
