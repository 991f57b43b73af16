package dev.weir.app.survey;

import dev.weir.app.config.SourceConfig;
import dev.weir.model.SourceReport;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that was asked once.
 *
 * @param report its first report
 * @param took until it came
 */
record Asked(SourceConfig<?> source, SourceReport report, Duration took) {

  /** Asks all sources at once; in their order. */
  static List<Asked> all(List<SourceConfig<?>> sources, Time time) throws InterruptedException {
    List<Question<SourceReport>> questions = new ArrayList<>();
    try {
      for (SourceConfig<?> source : sources) {
        questions.add(
            new Question<>(
                source.name().value(),
                sink -> source.open(time).watch(sink::accept),
                SourceReport.Unavailable::new,
                time));
      }
      List<Asked> answers = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        Question.Answer<SourceReport> answer = questions.get(i).answer();
        answers.add(new Asked(sources.get(i), answer.report(), answer.took()));
      }
      return answers;
    } finally {
      for (Question<SourceReport> question : questions) {
        question.end();
      }
    }
  }
}
