package dev.weir.probe.http;

import dev.weir.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The status codes that a good answer may have.
 *
 * @param ranges at least one, as written
 */
public record StatusSet(List<Range> ranges) {

  /** Anything but an error: {@code 200-399}. */
  public static final StatusSet NO_ERROR = parse("200-399");

  /** How it is written: {@code 200}, {@code 200-399}, {@code 200,204,301-303}. */
  public static final Shape<StatusSet> SHAPE =
      Shape.scalar("status codes such as 200, 200-399 or 200,204", StatusSet::parse);

  private static final int LEAST = 100;
  private static final int MOST = 599;

  /** Some successive codes, both ends included. */
  public record Range(int first, int last) {

    private static final Pattern FORM = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

    public Range {
      if (first < LEAST || last > MOST || first > last) {
        throw new IllegalArgumentException(
            "status %d-%d is out of order or out of range".formatted(first, last));
      }
    }

    static Range parse(String text) {
      Matcher matcher = FORM.matcher(text.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a status code or a range of them");
      }
      String last = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
      return new Range(Integer.parseInt(matcher.group(1)), Integer.parseInt(last));
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  public StatusSet {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("status: nothing (expected: at least one code)");
    }
  }

  /**
   * Reads codes and ranges, separated by commas.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static StatusSet parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      ranges.add(Range.parse(part));
    }
    return new StatusSet(ranges);
  }

  /** Whether a good answer may have this code. */
  public boolean contains(int code) {
    for (Range range : ranges) {
      if (range.first <= code && code <= range.last) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
