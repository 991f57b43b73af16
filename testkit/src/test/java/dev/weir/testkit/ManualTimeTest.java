package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ManualTimeTest {
  private final ManualTime time = new ManualTime();

  @Test
  void bothClocksStandStillUntilTheyAreMoved() {
    long before = time.nanos();
    time.advance(Duration.ofMillis(1500));
    assertThat(time.now()).isEqualTo(ManualTime.START.plusMillis(1500));
    assertThat(time.nanos() - before).isEqualTo(1_500_000_000L);
  }

  @Test
  void aSleepEndsWhenItsTimeHasCome() throws InterruptedException {
    CountDownLatch awake = new CountDownLatch(1);
    Thread sleeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                time.sleep(Duration.ofSeconds(2));
                awake.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    time.awaitWaiters(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(sleeper.isAlive()).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(awake.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSleepOfNothingReturnsAtOnce() throws InterruptedException {
    time.sleep(Duration.ZERO);
    assertThat(time.nanos()).isZero();
  }

  @Test
  void anInterruptEndsASleep() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread sleeper =
        Thread.ofVirtual()
            .start(() -> {
              try {
                time.sleep(Duration.ofSeconds(2));
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    time.awaitWaiters(1);
    sleeper.interrupt();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
