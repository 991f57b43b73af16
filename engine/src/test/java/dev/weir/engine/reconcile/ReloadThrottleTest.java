package dev.weir.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.engine.reconcile.ReloadThrottle.Cause;
import dev.weir.engine.reconcile.ReloadThrottle.Deferral;
import dev.weir.engine.reconcile.ReloadThrottle.Urgency;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReloadThrottleTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ReloadThrottle throttle = new ReloadThrottle(ReloadLimits.DEFAULT);

  private Optional<Deferral> at(long now) {
    return throttle.deferral(now, 0, Urgency.USUAL);
  }

  @Test
  void reloadsKeepTheirDistance() {
    assertThat(at(0)).isEmpty();
    throttle.started(0);
    long free = Duration.ofMillis(350).toNanos();
    assertThat(at(free - 1))
        .hasValueSatisfying(deferral -> {
          assertThat(deferral.cause()).isEqualTo(Cause.DISTANCE);
          assertThat(deferral.until()).isEqualTo(free);
        });
    assertThat(at(free)).isEmpty();
  }

  @Test
  void sixtyMayFollowEachOtherAndThenOneEveryFiveSeconds() {
    long now = 0;
    int done = 0;
    while (at(now).isEmpty()) {
      throttle.started(now);
      done++;
      now += Duration.ofMillis(350).toNanos();
    }
    // 21 s went by: four came back meanwhile
    assertThat(done).isEqualTo(64);
    Deferral deferral = at(now).orElseThrow();
    assertThat(deferral.cause()).isEqualTo(Cause.BUDGET);
    assertThat(deferral.reason())
        .isEqualTo("the reload waits: 60 were used up, and 12 come back in a minute");
    assertThat(deferral.until()).isEqualTo(25 * SECOND);
    throttle.started(deferral.until());
    assertThat(at(29 * SECOND)).map(Deferral::until).contains(30 * SECOND);
  }

  @Test
  void aRestIsNotSavedUpBeyondTheBudget() {
    ReloadThrottle two = new ReloadThrottle(new ReloadLimits(Duration.ZERO, 2, 60, 8));
    long hour = 3600 * SECOND;
    two.started(hour);
    two.started(hour);
    assertThat(two.deferral(hour, 0, Urgency.USUAL)).map(Deferral::until).contains(hour + SECOND);
    assertThat(two.deferral(hour + SECOND, 0, Urgency.USUAL)).isEmpty();
  }

  @Test
  void withEightOldProcessesOnlyWhatTakesOutTheDeadGoesOn() {
    assertThat(throttle.deferral(0, 7, Urgency.USUAL)).isEmpty();
    assertThat(throttle.deferral(0, 8, Urgency.USUAL))
        .contains(
            new Deferral(
                Cause.OLD_PROCESSES,
                SECOND,
                "the reload waits: 8 old processes still serve connections (limit: 8)"));
    assertThat(throttle.deferral(0, 80, Urgency.TAKES_OUT)).isEmpty();
  }

  @Test
  void limitsThatWouldStopAllReloadsAreRefused() {
    assertThatThrownBy(() -> new ReloadLimits(Duration.ZERO, 0, 1, 1))
        .hasMessage("budget: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new ReloadLimits(Duration.ZERO, 1, 0, 1))
        .hasMessage("per_minute: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new ReloadLimits(Duration.ZERO, 1, 1, 0))
        .hasMessage("old_processes: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new ReloadLimits(Duration.ofMillis(-1), 1, 1, 1))
        .hasMessageContaining("expected: 0s or more");
  }
}
