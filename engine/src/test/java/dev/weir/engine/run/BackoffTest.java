package dev.weir.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff.Limits LIMITS =
      new Backoff.Limits(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final Backoff backoff = new Backoff(LIMITS, new SplittableRandom(7));
  private long now;

  private Duration fail() {
    Duration wait = backoff.failed(now);
    now += wait.toNanos();
    return wait;
  }

  @Test
  void theFirstWaitIsTheShortest() {
    assertThat(fail()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void waitsGrowFromTheFormerOneAndStayWithinTheLimits() {
    Duration before = fail();
    for (int i = 0; i < 1000; i++) {
      Duration wait = fail();
      assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
      assertThat(wait.toNanos()).isLessThanOrEqualTo(before.toNanos() * 3);
      before = wait;
    }
  }

  @Test
  void twoThatFailTogetherDoNotComeBackTogether() {
    Backoff other = new Backoff(LIMITS, new SplittableRandom(8));
    List<Duration> mine = new ArrayList<>();
    List<Duration> theirs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      mine.add(backoff.failed(0));
      theirs.add(other.failed(0));
    }
    assertThat(mine.subList(1, 5)).doesNotContainAnyElementsOf(theirs.subList(1, 5));
  }

  @Test
  void aLongCalmMakesTheNextFailureTheFirst() {
    for (int i = 0; i < 10; i++) {
      fail();
    }
    now += Duration.ofSeconds(30).toNanos();
    assertThat(fail()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aShortCalmDoesNot() {
    for (int i = 0; i < 10; i++) {
      fail();
    }
    now += Duration.ofSeconds(29).toNanos();
    assertThat(fail()).isGreaterThan(Duration.ofMillis(100));
  }

  @Test
  void aResetMakesTheNextFailureTheFirst() {
    fail();
    fail();
    backoff.reset();
    assertThat(fail()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void refusesLimitsThatDoNotGoTogether() {
    assertThatThrownBy(() ->
            new Backoff.Limits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S to PT1S");
  }
}
