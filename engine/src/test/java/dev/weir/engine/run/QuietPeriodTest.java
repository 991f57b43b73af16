package dev.weir.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {
  private final QuietPeriod quiet = new QuietPeriod(Duration.ofMillis(5), Duration.ofMillis(50));

  private static long ms(double millis) {
    return (long) (millis * 1_000_000);
  }

  @Test
  void withoutAChangeNothingIsDue() {
    assertThat(quiet.dueNanos()).isEmpty();
  }

  @Test
  void aLoneChangeIsDueAtOnce() {
    quiet.changed(ms(100));
    assertThat(quiet.dueNanos()).isEqualTo(OptionalLong.of(ms(100)));
  }

  @Test
  void whatFollowsCloseBehindWaitsUntilItIsQuiet() {
    quiet.changed(ms(100));
    quiet.acted(ms(101));
    quiet.changed(ms(102));
    assertThat(quiet.dueNanos()).hasValue(ms(107));
    quiet.changed(ms(105));
    assertThat(quiet.dueNanos()).hasValue(ms(110));
  }

  @Test
  void aStreamOfChangesIsFoldedForFiftyMillisecondsAtMost() {
    quiet.changed(ms(100));
    quiet.acted(ms(100));
    for (int i = 1; i < 100; i++) {
      quiet.changed(ms(100 + i));
    }
    assertThat(quiet.dueNanos()).hasValue(ms(151));
  }

  @Test
  void afterACalmTimeTheNextChangeIsALoneOneAgain() {
    quiet.changed(ms(100));
    quiet.acted(ms(101));
    quiet.changed(ms(106));
    assertThat(quiet.dueNanos()).hasValue(ms(106));
  }

  @Test
  void aLongActCountsAsNoCalm() {
    quiet.changed(ms(100));
    quiet.acted(ms(200));
    quiet.changed(ms(201));
    assertThat(quiet.dueNanos()).hasValue(ms(206));
  }

  @Test
  void actingTakesUpAllChanges() {
    quiet.changed(ms(100));
    quiet.changed(ms(101));
    quiet.acted(ms(102));
    assertThat(quiet.dueNanos()).isEmpty();
  }
}
