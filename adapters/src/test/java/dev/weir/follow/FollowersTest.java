package dev.weir.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a system is asked again, and when it counts as unreachable. */
final class FollowersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pace HASTY = new Pace(Duration.ofMillis(1), Duration.ofMillis(2));
  private static final Pace NEVER_AGAIN = new Pace(Duration.ofMillis(1), Duration.ofDays(1));

  private final AtomicInteger sessions = new AtomicInteger();

  @Test
  void aSessionLostAfterAnAnswerIsNoOutageWhenTheNextOneAnswers() throws Exception {
    CountDownLatch lose = new CountDownLatch(1);
    try (WatchedSource watched =
        watch(
            HASTY,
            teller -> {
              teller.accept("first".repeat(sessions.incrementAndGet()));
              lose.await();
              if (sessions.get() == 1) {
                throw new IOException("closed by the peer");
              }
              new CountDownLatch(1).await();
            })) {
      watched.await(0, "the first session", Complete.class::isInstance);
      lose.countDown();
      watched.await(1, "the second session", Complete.class::isInstance);
      assertThat(watched.reports()).hasSize(2).allMatch(Complete.class::isInstance);
    }
  }

  @Test
  void aSessionThatFindsNothingIsAnOutageInOneLine() throws Exception {
    try (WatchedSource watched =
        watch(
            HASTY,
            teller -> {
              sessions.incrementAndGet();
              throw new IOException("no route\nto host");
            })) {
      assertThat(watched.awaitUnavailable(0)).isEqualTo(new Unavailable("no route to host"));
      assertThat(watched.reports()).hasSize(1);
    }
  }

  @Test
  void aRefusalIsNotRepeatedBeforeTheLongestPause() throws Exception {
    try (WatchedSource watched =
        watch(
            NEVER_AGAIN,
            teller -> {
              sessions.incrementAndGet();
              throw new RefusedException("wrong password");
            })) {
      assertThat(watched.awaitUnavailable(0)).isEqualTo(new Unavailable("wrong password"));
      assertThat(sessions).hasValue(1);
    }
  }

  @Test
  void aFaultOfTheFollowerIsToldAndEndsNothing() throws Exception {
    try (WatchedSource watched =
        watch(
            HASTY,
            teller -> {
              if (sessions.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
              }
              teller.accept("good");
              new CountDownLatch(1).await();
            })) {
      assertThat(watched.awaitUnavailable(0).reason()).contains("internal error", "a fault");
      watched.await(1, "the second session", Complete.class::isInstance);
    }
  }

  @Test
  void pausesGrowAndAreNeverAlike() {
    Pace pace = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10));
    SplittableRandom random = new SplittableRandom(42);
    assertThat(IntStream.range(0, 1000).mapToObj(i -> pace.pauseAfter(1, random)))
        .allMatch(pause -> pause.toMillis() >= 100 && pause.toMillis() <= 200)
        .hasSizeGreaterThan(1)
        .doesNotHaveDuplicates();
    assertThat(pace.pauseAfter(3, random))
        .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(pace.pauseAfter(100, random))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  private static WatchedSource watch(Pace pace, Follower<String> follower) {
    Followers<String, String> followers = new Followers<>(pace, (key, time) -> follower);
    Source source =
        followers.source(
            "system",
            Time.SYSTEM,
            text -> new Complete(List.of(), Absence.MISSING, Map.of(), List.of(text)));
    return WatchedSource.start(source, PATIENCE);
  }
}
