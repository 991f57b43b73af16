package dev.weir.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Health;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTrackerTest {
  private static final CheckPolicy POLICY =
      new CheckPolicy(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 3);
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private HealthTracker tracker = HealthTracker.NEW;
  private Instant now = START;

  private static ProbeResult result(Kind kind) {
    return new ProbeResult(kind, kind.name(), Duration.ofMillis(1));
  }

  private Health after(Kind... kinds) {
    for (Kind kind : kinds) {
      now = now.plusSeconds(1);
      tracker = tracker.after(result(kind), POLICY, now);
    }
    return tracker.health();
  }

  @Test
  void oneSuccessEndsUnknownAsUp() {
    assertThat(after(Kind.OK)).isEqualTo(new Health.Up(now));
  }

  @Test
  void oneSuccessAfterFailuresEndsUnknownAsUp() {
    assertThat(after(Kind.REFUSED, Kind.REFUSED, Kind.OK)).isEqualTo(new Health.Up(now));
  }

  @Test
  void unknownStaysUntilTheFallIsComplete() {
    assertThat(after(Kind.STATUS, Kind.STATUS)).isEqualTo(Health.UNKNOWN);
    assertThat(after(Kind.STATUS)).isEqualTo(new Health.Down(now, result(Kind.STATUS)));
  }

  @Test
  void aSuccessInBetweenStartsTheFallAnew() {
    after(Kind.OK);
    assertThat(after(Kind.STATUS, Kind.STATUS, Kind.OK, Kind.STATUS, Kind.STATUS))
        .isInstanceOf(Health.Up.class);
    assertThat(after(Kind.STATUS)).isInstanceOf(Health.Down.class);
  }

  @Test
  void upKeepsTheTimeItBegan() {
    after(Kind.OK);
    Instant began = now;
    assertThat(after(Kind.OK, Kind.TIMEOUT, Kind.OK)).isEqualTo(new Health.Up(began));
  }

  @Test
  void riseCountsFromDownAndInARow() {
    after(Kind.STATUS, Kind.STATUS, Kind.STATUS);
    assertThat(after(Kind.OK, Kind.STATUS, Kind.OK)).isInstanceOf(Health.Down.class);
    assertThat(after(Kind.OK)).isEqualTo(new Health.Up(now));
  }

  @Test
  void refusesOnlyWhenTheWholeFallWasRefused() {
    Health mixed = after(Kind.TIMEOUT, Kind.REFUSED, Kind.REFUSED);
    assertThat(mixed).isEqualTo(new Health.Down(now, result(Kind.TIMEOUT)));
    Instant since = now;
    assertThat(after(Kind.REFUSED)).isEqualTo(new Health.Down(since, result(Kind.REFUSED)));
  }

  @Test
  void oneOtherAnswerEndsTheRefusal() {
    after(Kind.REFUSED, Kind.REFUSED, Kind.REFUSED);
    Instant since = now;
    assertThat(tracker.health()).isEqualTo(new Health.Down(since, result(Kind.REFUSED)));
    assertThat(after(Kind.TIMEOUT)).isEqualTo(new Health.Down(since, result(Kind.TIMEOUT)));
  }

  @Test
  void downIsTheSameConclusionHoweverItsReasonVaries() {
    Health down = after(Kind.STATUS, Kind.STATUS, Kind.STATUS);
    assertThat(after(Kind.TIMEOUT, Kind.BODY, Kind.TLS)).isSameAs(down);
  }

  @Test
  void aNewPolicyFindsTheStreaksThatAreThere() {
    after(Kind.OK, Kind.STATUS, Kind.STATUS);
    CheckPolicy strict = new CheckPolicy(POLICY.every(), POLICY.timeout(), 1, 3);
    tracker = tracker.after(result(Kind.STATUS), strict, now);
    assertThat(tracker.health()).isInstanceOf(Health.Down.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheRulesWrittenDownPlainly(long seed) {
    Random random = new Random(seed);
    List<Kind> kinds = List.of(Kind.values());
    Plain plain = new Plain();
    for (int i = 0; i < 2000; i++) {
      Kind kind = random.nextInt(3) == 0 ? Kind.OK : kinds.get(random.nextInt(kinds.size()));
      plain.take(kind == Kind.OK);
      assertThat(after(kind).getClass().getSimpleName())
          .as("seed %d, step %d", seed, i)
          .isEqualTo(plain.conclusion);
    }
  }

  /** The rules without evidence and times. */
  private static final class Plain {
    private String conclusion = "Unknown";
    private int inRow;
    private boolean lastPassed;

    void take(boolean passed) {
      inRow = passed == lastPassed ? inRow + 1 : 1;
      lastPassed = passed;
      if (passed && (conclusion.equals("Unknown") || inRow >= POLICY.rise())) {
        conclusion = "Up";
      } else if (!passed && inRow >= POLICY.fall()) {
        conclusion = "Down";
      }
    }
  }
}
