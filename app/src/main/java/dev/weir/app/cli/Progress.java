package dev.weir.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One line on a terminal that says what is waited for and how long already; it is gone when the
 * waiting is over. Nothing where there is no terminal, or programs read.
 */
final class Progress implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final AtomicBoolean shown = new AtomicBoolean();
  private final Thread ticking;
  private final long start = System.nanoTime();
  private volatile String what;

  private Progress(Shell shell, String what, boolean wanted) {
    this.out = shell.out();
    this.terminal = shell.terminal();
    this.what = what;
    this.ticking = Thread.ofVirtual().unstarted(this::tick);
    if (wanted) {
      ticking.start();
    }
  }

  /** Begins to show that this is waited for, where people look. */
  static Progress show(Shell shell, OutputOptions output, String what) {
    boolean people = output.form == OutputOptions.Form.table;
    return new Progress(shell, what, people && !shell.terminal().equals(Terminal.NONE));
  }

  /** From now on this is waited for. */
  void now(String other) {
    what = other;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        String line = Terminal.safe("%s, %ds".formatted(what, seconds));
        int width = terminal.width().orElse(80) - 1;
        shown.set(true);
        out.print(CLEAR_LINE + (line.length() > width ? line.substring(0, width) : line));
        out.flush();
      }
    } catch (InterruptedException e) {
      // it is over
    }
  }

  @Override
  public void close() {
    ticking.interrupt();
    try {
      ticking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (shown.get()) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
