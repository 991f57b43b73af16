package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.LogLevels.Level;
import dev.weir.app.api.LogLevels.Setting;
import dev.weir.engine.run.Pulse;
import dev.weir.engine.run.Runner;
import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Levels that are changed while Weir runs, for good or for a while. */
class LogbackLevelsTest {

  private static final String NAME = "dev.weir.levels.test";
  private static final Logger BELOW = LoggerFactory.getLogger(NAME + ".part");
  private static final Instant START = ManualTime.START;

  private final ManualTime time = new ManualTime();
  private final List<Pulse> alarms = new ArrayList<>();
  private final Runner byHand =
      (name, pulse) -> {
        alarms.add(pulse);
        return () -> alarms.remove(pulse);
      };
  private final LogbackLevels levels = new LogbackLevels(byHand, time);

  @AfterEach
  void asItWas() {
    var _ = levels.set(NAME, Level.WARN, Optional.empty());
  }

  private Optional<Setting> setting() {
    return levels.all().stream().filter(one -> one.logger().equals(NAME)).findFirst();
  }

  @Test
  void it_holds_for_all_below_and_says_what_was_before() {
    assertThat(levels.set(NAME, Level.ERROR, Optional.empty())).isNotNull();
    assertThat(BELOW.isWarnEnabled()).isFalse();
    assertThat(levels.set(NAME, Level.TRACE, Optional.empty())).isEqualTo(Level.ERROR);
    assertThat(BELOW.isTraceEnabled()).isTrue();
    assertThat(setting()).contains(new Setting(NAME, Level.TRACE, Optional.empty()));
  }

  @Test
  void what_is_set_for_a_while_ends_by_itself() throws InterruptedException {
    var _ = levels.set(NAME, Level.WARN, Optional.empty());
    var _ = levels.set(NAME, Level.DEBUG, Optional.of(Duration.ofMinutes(10)));
    assertThat(setting().flatMap(Setting::until)).contains(START.plus(Duration.ofMinutes(10)));
    time.advance(Duration.ofMinutes(9));
    assertThat(alarms.getFirst().step()).contains(Duration.ofMinutes(1));
    assertThat(BELOW.isDebugEnabled()).isTrue();
    time.advance(Duration.ofMinutes(1));
    assertThat(alarms.getFirst().step()).isEmpty();
    assertThat(BELOW.isDebugEnabled()).isFalse();
    assertThat(setting()).contains(new Setting(NAME, Level.WARN, Optional.empty()));
  }

  @Test
  void a_second_while_takes_the_place_of_the_first_and_ends_where_that_began() throws Exception {
    var _ = levels.set(NAME, Level.WARN, Optional.empty());
    var _ = levels.set(NAME, Level.DEBUG, Optional.of(Duration.ofMinutes(1)));
    var _ = levels.set(NAME, Level.TRACE, Optional.of(Duration.ofMinutes(5)));
    assertThat(alarms).hasSize(1);
    time.advance(Duration.ofMinutes(5));
    assertThat(alarms.getFirst().step()).isEmpty();
    assertThat(setting()).contains(new Setting(NAME, Level.WARN, Optional.empty()));
  }
}
