package dev.weir.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingPauseTest {

  private static final Duration LEAST = Duration.ofMillis(5);

  private final ManualTime time = new ManualTime();
  private final ReadingPause pause = new ReadingPause(time);

  private void read(Duration took) {
    pause.begin();
    time.advance(took);
    pause.end();
  }

  /** Whether it has ended when so much, and not a millisecond less, has passed. */
  private void assertLasts(Duration expected) throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Thread waiting =
        Thread.startVirtualThread(() -> {
          try {
            pause.await(LEAST);
            over.complete(null);
          } catch (InterruptedException e) {
            over.completeExceptionally(e);
          }
        });
    time.awaitWaiters(1);
    time.advance(expected.minusMillis(1));
    time.awaitWaiters(1);
    assertThat(over).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(over).succeedsWithin(20, TimeUnit.SECONDS);
    waiting.join();
  }

  @Test
  void after_a_long_reading_it_is_ten_times_as_long() throws Exception {
    read(Duration.ofSeconds(3));
    assertLasts(Duration.ofSeconds(30));
  }

  @Test
  void what_has_passed_since_the_reading_counts() throws Exception {
    read(Duration.ofSeconds(3));
    time.advance(Duration.ofSeconds(20));
    assertLasts(Duration.ofSeconds(10));
  }

  @Test
  void after_a_short_reading_it_is_what_is_waited_in_any_case() throws Exception {
    read(Duration.ofNanos(1));
    assertLasts(LEAST);
  }

  @Test
  void a_reading_that_began_anew_counts_from_there() throws Exception {
    pause.begin();
    time.advance(Duration.ofHours(1));
    read(Duration.ofSeconds(1));
    assertLasts(Duration.ofSeconds(10));
  }
}
