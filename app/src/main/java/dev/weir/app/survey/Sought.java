package dev.weir.app.survey;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.model.PoolsReport;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool set whose source was asked once which pools there are.
 *
 * @param report its first report
 * @param took until it came
 */
record Sought(PoolSetConfig<?, ?> set, PoolsReport report, Duration took) {

  /** Asks for the pools of all sets at once; in their order. */
  static List<Sought> all(List<PoolSetConfig<?, ?>> sets, Time time) throws InterruptedException {
    List<Question<PoolsReport>> questions = new ArrayList<>();
    try {
      for (PoolSetConfig<?, ?> set : sets) {
        questions.add(
            new Question<>(
                set.name(),
                sink -> set.open(time).watch(sink::accept),
                PoolsReport.Unavailable::new,
                time));
      }
      List<Sought> answers = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        Question.Answer<PoolsReport> answer = questions.get(i).answer();
        answers.add(new Sought(sets.get(i), answer.report(), answer.took()));
      }
      return answers;
    } finally {
      for (Question<PoolsReport> question : questions) {
        question.end();
      }
    }
  }

  /** The configuration with the pools that were found. */
  static WeirConfig in(WeirConfig config, List<Sought> found) {
    Map<String, List<PoolConfig>> pools = new HashMap<>();
    found.forEach(sought -> pools.put(sought.set().name(), sought.pools()));
    return config.with(pools);
  }

  /** Those that were found, no more than the set's limit. */
  List<PoolConfig> pools() {
    List<PoolConfig> pools = new ArrayList<>();
    if (report instanceof PoolsReport.Complete complete) {
      complete.pools().stream()
          .limit(set.policy().limit())
          .forEach(found -> pools.add(set.pool(found)));
    }
    return pools;
  }
}
