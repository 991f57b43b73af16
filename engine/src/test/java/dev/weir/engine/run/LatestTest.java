package dev.weir.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LatestTest {
  private final ManualTime time = new ManualTime();
  private final Latest<String> latest = new Latest<>(time);

  /** Runs something that waits, on a thread of its own. */
  private static <T> CompletableFuture<T> inBackground(Waiting<T> waiting) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(waiting.call());
          } catch (InterruptedException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private interface Waiting<T> {
    T call() throws InterruptedException;
  }

  @Test
  void aNewValueReplacesOneNotTaken() throws InterruptedException {
    latest.put("old");
    latest.put("new");
    assertThat(latest.take()).isEqualTo("new");
    assertThat(latest.peekNow()).isEmpty();
  }

  @Test
  void peekingLeavesTheValue() throws InterruptedException {
    latest.put("it");
    assertThat(latest.peekNow()).contains("it");
    assertThat(latest.poll(Duration.ZERO)).contains("it");
  }

  @Test
  void takeWaitsForAValue() throws Exception {
    CompletableFuture<String> taken = inBackground(latest::take);
    latest.put("it");
    assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo("it");
  }

  @Test
  void aPollEndsWhenItsTimeIsOver() throws Exception {
    CompletableFuture<Optional<String>> polled =
        inBackground(() -> latest.poll(Duration.ofSeconds(3)));
    time.awaitWaiters(1);
    time.advance(Duration.ofSeconds(2));
    assertThat(polled).isNotDone();
    time.advance(Duration.ofSeconds(1));
    assertThat(polled.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aPollEndsWithTheValueThatComes() throws Exception {
    CompletableFuture<Optional<String>> polled =
        inBackground(() -> latest.poll(Duration.ofSeconds(3)));
    time.awaitWaiters(1);
    latest.put("it");
    assertThat(polled.get(20, TimeUnit.SECONDS)).contains("it");
  }

  @Test
  void theAgeOfNewsIsThatOfTheFirstValueNotTaken() {
    latest.put("first");
    time.advance(Duration.ofMillis(5));
    latest.put("second");
    Latest.Dated<String> dated = latest.takeNow().orElseThrow();
    assertThat(dated.value()).isEqualTo("second");
    assertThat(time.nanos() - dated.sinceNanos()).isEqualTo(Duration.ofMillis(5).toNanos());
  }

  @Test
  void awaitingLeavesTheValue() throws InterruptedException {
    latest.put("it");
    latest.await(Duration.ofSeconds(3));
    assertThat(latest.takeNow()).isPresent();
  }

  @Test
  void aWakeEndsTheWaitWithoutAValue() throws Exception {
    CompletableFuture<String> awaited =
        inBackground(() -> {
          latest.await(Duration.ofSeconds(3));
          return "awake";
        });
    time.awaitWaiters(1);
    latest.wake();
    assertThat(awaited.get(20, TimeUnit.SECONDS)).isEqualTo("awake");
    assertThat(latest.peekNow()).isEmpty();
  }

  @Test
  void aWakeBeforeTheWaitIsNotLost() throws InterruptedException {
    latest.wake();
    latest.await(Duration.ofSeconds(3));
    assertThat(time.nanos()).isZero();
  }
}
