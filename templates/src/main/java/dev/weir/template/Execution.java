package dev.weir.template;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a template: what it has written, and what it may still use. Belongs to one thread. A
 * run that is interrupted ends like one whose time is over.
 */
public final class Execution {
  /** How many steps pass between two looks at the clock: some tens of microseconds. */
  private static final int STEPS_PER_LOOK = 1024;

  /** How many times the output's limit all values that were built may take together. */
  private static final int BUILT_PER_OUTPUT = 10;

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final long deadline;
  private final Bytes output = new Bytes();
  private final @Nullable Trail trail;
  private long steps;
  private long built;
  private int depth;

  /** How much a run remembers. */
  public enum Memory {
    /** What it has written. */
    OUTPUT,
    /** Also where each line of it comes from. */
    TRAIL
  }

  /** A run that begins now. */
  public Execution(Limits limits) {
    this(limits, System::nanoTime);
  }

  /** A run that begins now. */
  public Execution(Limits limits, Memory memory) {
    this(limits, System::nanoTime, memory);
  }

  /**
   * A run that begins now, by a clock of the caller's.
   *
   * @param nanoTime like {@link System#nanoTime}
   */
  public Execution(Limits limits, LongSupplier nanoTime) {
    this(limits, nanoTime, Memory.OUTPUT);
  }

  private Execution(Limits limits, LongSupplier nanoTime, Memory memory) {
    this.trail = memory == Memory.TRAIL ? new Trail(output) : null;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.deadline = nanoTime.getAsLong() + limits.time().toNanos();
  }

  /** Counts one step of the run. */
  public void step() throws LimitExceeded {
    if (++steps % STEPS_PER_LOOK == 0) {
      look();
    }
    if (steps > limits.steps()) {
      throw new LimitExceeded("more than " + limits.steps() + " steps");
    }
  }

  private void look() throws LimitExceeded {
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new LimitExceeded("longer than " + limits.time().toMillis() + " ms");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new LimitExceeded("interrupted");
    }
  }

  /** Goes one level deeper; every call is followed by one of {@link #leave}. */
  public void enter() throws LimitExceeded {
    if (depth >= limits.depth()) {
      throw new LimitExceeded("more than " + limits.depth() + " levels deep");
    }
    depth++;
  }

  /** Comes back from a level. */
  public void leave() {
    depth--;
  }

  /**
   * Counts a value that is about to be built, or was just built, beside the output.
   *
   * @param bytes about how many it takes
   */
  public void built(long bytes) throws LimitExceeded {
    built += bytes;
    checkSize(bytes);
    if (built > BUILT_PER_OUTPUT * limits.output()) {
      throw new LimitExceeded(
          "values of more than " + BUILT_PER_OUTPUT + " times " + limits.output() + " bytes");
    }
  }

  /**
   * Looks whether a value that is being built may be so large.
   *
   * @param bytes about how many it takes by now
   */
  public void checkSize(long bytes) throws LimitExceeded {
    if (bytes > limits.output()) {
      throw new LimitExceeded("a value of more than " + limits.output() + " bytes");
    }
  }

  /**
   * Tells where what is written next comes from.
   *
   * @param at in the source, counted as {@code how} says
   */
  public void from(Source source, int at, Trail.How how) {
    if (trail != null) {
      trail.note(source, at, how);
    }
  }

  /** Writes a text. */
  public void write(Text text) throws LimitExceeded {
    checkOutput(text.toString().length());
    output.write(text);
    checkOutput(0);
  }

  /** Writes the bytes from one index to before another. */
  public void write(byte[] bytes, int from, int to) throws LimitExceeded {
    checkOutput(to - from);
    output.write(bytes, from, to);
  }

  private void checkOutput(int more) throws LimitExceeded {
    if (output.size() + (long) more > limits.output()) {
      throw new LimitExceeded("more than " + limits.output() + " bytes of output");
    }
  }

  /** How many bytes were written. */
  public int size() {
    return output.size();
  }

  /** What was written; after an error, what came before it. */
  public Text written() {
    return output.toText();
  }

  /**
   * Where the lines of what was written come from.
   *
   * @throws IllegalStateException for a run that does not remember it
   */
  public Trail trail() {
    if (trail == null) {
      throw new IllegalStateException("a run without a trail (expected: Memory.TRAIL)");
    }
    return trail;
  }

  /** The bytes of what was written. */
  public byte[] toBytes() {
    return output.toBytes();
  }
}
