package dev.weir.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.Steering.Scope;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final long START = Duration.ofMinutes(1).toNanos();

  private final Agenda agenda = new Agenda();

  @BeforeEach
  void begun() {
    assertThat(agenda.roundDue(0)).as("a loop begins with a look").isTrue();
    assertThat(agenda.roundBegins(START)).isEqualTo(Scope.ALL);
  }

  private static long after(Duration duration) {
    return START + duration.toNanos();
  }

  @Test
  void aChangeIsALookAtWhatChanged() {
    agenda.changed(after(Duration.ofSeconds(1)));
    assertThat(agenda.next()).isEqualTo(after(Duration.ofSeconds(1)));
    assertThat(agenda.roundBegins(after(Duration.ofSeconds(1)))).isEqualTo(Scope.CHANGED);
  }

  @Test
  void aFullLookIsDueThirtySecondsAfterTheLastWhateverHappensBetween() {
    agenda.changed(after(Duration.ofSeconds(20)));
    agenda.roundBegins(after(Duration.ofSeconds(20)));
    assertThat(agenda.next()).isEqualTo(after(Duration.ofSeconds(30)));
    assertThat(agenda.roundBegins(after(Duration.ofSeconds(30)))).isEqualTo(Scope.ALL);
  }

  @Test
  void aRetryHoldsChangesBackAndARequestDoesNotWait() {
    agenda.retryAfter(START, Duration.ofSeconds(5));
    agenda.changed(after(Duration.ofSeconds(1)));
    assertThat(agenda.roundDue(after(Duration.ofSeconds(2)))).isFalse();
    agenda.ask();
    assertThat(agenda.roundDue(after(Duration.ofSeconds(2)))).isTrue();
  }

  @Test
  void aReloadPutOffHoldsChangesBackAndLooksAtAsMuchAgain() {
    agenda.putOffReload(after(Duration.ofMillis(350)), Scope.ALL);
    agenda.changed(after(Duration.ofMillis(10)));
    assertThat(agenda.next()).isEqualTo(after(Duration.ofMillis(350)));
    assertThat(agenda.roundBegins(after(Duration.ofMillis(350)))).isEqualTo(Scope.ALL);
  }

  @Test
  void aTimeThatIsOverIsNotLookedAtAgain() {
    agenda.lookAgainAt(START, after(Duration.ofSeconds(1)));
    assertThat(agenda.next()).isEqualTo(after(Duration.ofSeconds(30)));
  }

  @Test
  void upkeepHasItsOwnTime() {
    agenda.upkeepAt(START, Duration.ofSeconds(1));
    assertThat(agenda.next()).isEqualTo(after(Duration.ofSeconds(1)));
    assertThat(agenda.roundDue(after(Duration.ofSeconds(1)))).isFalse();
    assertThat(agenda.upkeepDue(after(Duration.ofSeconds(1)))).isTrue();
    agenda.noUpkeep();
    assertThat(agenda.upkeepPending()).isFalse();
  }
}
