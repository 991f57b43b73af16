package dev.weir.net;

import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.spi.Durations;
import dev.weir.spi.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One look of a probe over the network: its clock, its deadline, and what a failure of it means.
 */
public final class Look implements AutoCloseable {

  private static final int LONGEST_DETAIL = 200;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final Time time;
  private final Duration timeout;
  private final long start;
  private final Deadline deadline;
  private boolean connected;

  private Look(Time time, Duration timeout) {
    this.time = time;
    this.timeout = timeout;
    this.start = time.nanos();
    this.deadline = Deadline.after(timeout);
  }

  /**
   * Begins a look.
   *
   * @throws InterruptedException when the thread was interrupted before
   */
  public static Look begin(Time time, Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("before a probe");
    }
    return new Look(time, timeout);
  }

  /** The end of its time. */
  public Deadline deadline() {
    return deadline;
  }

  /** From now on a failure is one of an established connection. */
  public void connected() {
    connected = true;
  }

  /** Before a second connection within the same look. */
  public void connectsAnew() {
    connected = false;
  }

  /** How it ended. */
  public ProbeResult ended(Kind kind, String detail) {
    return new ProbeResult(kind, oneLine(detail), Duration.ofNanos(time.nanos() - start));
  }

  /**
   * How it ended, by the failure that ended it.
   *
   * @throws InterruptedException when it was an interrupt
   */
  public ProbeResult failed(IOException failure) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("during a probe");
    }
    if (deadline.passed()) {
      String within = " within " + Durations.format(timeout);
      return connected
          ? ended(Kind.TIMEOUT, "no whole answer" + within)
          : ended(Kind.CONNECT_TIMEOUT, "no connection" + within);
    }
    if (!connected && failure instanceof ConnectException) {
      return describe(failure).contains("timed out")
          ? ended(Kind.CONNECT_TIMEOUT, "the kernel gave up connecting")
          : ended(Kind.REFUSED, "connection refused");
    }
    return ended(Kind.ERROR, describe(failure));
  }

  /** The failure's own words, or its kind where it has none. */
  public static String describe(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private static String oneLine(String text) {
    String line = CONTROLS.matcher(text).replaceAll(" ");
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + " ...";
  }

  @Override
  public void close() {
    deadline.close();
  }
}
