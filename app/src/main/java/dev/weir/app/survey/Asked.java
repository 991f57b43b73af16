package dev.weir.app.survey;

import dev.weir.app.config.SourceConfig;
import dev.weir.model.SourceReport;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A source that was asked once.
 *
 * @param report its first report
 * @param took until it came
 */
record Asked(SourceConfig<?> source, SourceReport report, Duration took) {

  /** How long a source is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** Asks all sources at once; in their order. */
  static List<Asked> all(List<SourceConfig<?>> sources, Time time) throws InterruptedException {
    List<Question> questions = new ArrayList<>();
    try {
      for (SourceConfig<?> source : sources) {
        questions.add(new Question(source, time));
      }
      List<Asked> answers = new ArrayList<>();
      for (Question question : questions) {
        answers.add(question.answer());
      }
      return answers;
    } finally {
      for (Question question : questions) {
        question.end();
      }
    }
  }

  /** One source being asked on a thread of its own. */
  private static final class Question {

    private final SourceConfig<?> source;
    private final Time time;
    private final long asked;
    private final LinkedBlockingQueue<Asked> answers = new LinkedBlockingQueue<>();
    private final Thread thread;

    Question(SourceConfig<?> source, Time time) {
      this.source = source;
      this.time = time;
      this.asked = time.nanos();
      this.thread = Thread.ofVirtual().name("ask " + source.name()).start(this::ask);
    }

    private void ask() {
      try {
        Source opened = source.open(time);
        opened.watch(this::answered);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        answered(new SourceReport.Unavailable(e.toString()));
      }
    }

    private void answered(SourceReport report) {
      answers.add(new Asked(source, report, Duration.ofNanos(time.nanos() - asked)));
    }

    Asked answer() throws InterruptedException {
      long left = PATIENCE.toNanos() - (time.nanos() - asked);
      @Nullable Asked answer = answers.poll(left, TimeUnit.NANOSECONDS);
      return Optional.ofNullable(answer)
          .orElseGet(() ->
              new Asked(
                  source,
                  new SourceReport.Unavailable(
                      "no answer within %d s".formatted(PATIENCE.toSeconds())),
                  PATIENCE));
    }

    void end() throws InterruptedException {
      thread.interrupt();
      thread.join(FAREWELL);
    }
  }
}
