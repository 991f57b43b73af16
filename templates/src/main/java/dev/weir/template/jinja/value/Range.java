package dev.weir.template.jinja.value;

/** The integers from one to before another in steps, none of them stored. */
public record Range(long start, long stop, long step) implements PyValue {
  public Range {
    if (step == 0) {
      throw new Failure("range() arg 3 must not be zero");
    }
  }

  /** How many integers there are. */
  public long size() {
    boolean some = step > 0 ? start < stop : start > stop;
    if (!some) {
      return 0;
    }
    long distance = step > 0 ? stop - start - 1 : start - stop - 1;
    return Long.divideUnsigned(distance, Math.abs(step)) + 1;
  }

  /** The integer at an index from zero to before {@link #size}. */
  public long get(long index) {
    return start + index * step;
  }
}
