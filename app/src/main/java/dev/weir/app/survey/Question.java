package dev.weir.app.survey;

import dev.weir.spi.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something outside that is asked once, on a thread of its own.
 *
 * @param <R> its report
 */
final class Question<R> {

  /** How long an answer is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Watch<R> watch;
  private final Function<String, R> unavailable;
  private final Time time;
  private final long asked;
  private final LinkedBlockingQueue<Answer<R>> answers = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Looks and reports until interrupted. */
  @FunctionalInterface
  interface Watch<R> {
    void watch(Consumer<R> sink) throws InterruptedException;
  }

  /**
   * The first report.
   *
   * @param took until it came
   */
  record Answer<R>(R report, Duration took) {}

  /**
   * Asks.
   *
   * @param unavailable the report of something that could not be asked, with the reason
   */
  Question(String name, Watch<R> watch, Function<String, R> unavailable, Time time) {
    this.watch = watch;
    this.unavailable = unavailable;
    this.time = time;
    this.asked = time.nanos();
    this.thread = Thread.ofVirtual().name("ask " + name).start(this::ask);
  }

  private void ask() {
    try {
      watch.watch(this::answered);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      answered(unavailable.apply(e.toString()));
    }
  }

  private void answered(R report) {
    answers.add(new Answer<>(report, Duration.ofNanos(time.nanos() - asked)));
  }

  /** Waits for the answer. */
  Answer<R> answer() throws InterruptedException {
    long left = PATIENCE.toNanos() - (time.nanos() - asked);
    @Nullable Answer<R> answer = answers.poll(left, TimeUnit.NANOSECONDS);
    return Optional.ofNullable(answer)
        .orElseGet(() ->
            new Answer<>(
                unavailable.apply("no answer within %d s".formatted(PATIENCE.toSeconds())),
                PATIENCE));
  }

  /** Ends the thread. */
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join(FAREWELL);
  }
}
