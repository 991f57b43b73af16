package dev.weir.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.spi.Time;
import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskGroupTest {
  private static final Backoff.Limits LIMITS =
      new Backoff.Limits(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final ManualTime time = new ManualTime();

  private TaskGroup restarting() {
    return new TaskGroup("test", new OnDeath.Restart(LIMITS, new Random(3)), time);
  }

  private static void forever() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Test
  void closingInterruptsAllTasksAndWaitsForThem() {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(3);
    try (TaskGroup group = new TaskGroup("test", new OnDeath.Report((n, e) -> {}), Time.SYSTEM)) {
      for (int i = 0; i < 3; i++) {
        group.start(
            "task " + i,
            () -> {
              try {
                started.countDown();
                forever();
              } finally {
                ended.incrementAndGet();
              }
            });
      }
      await().until(() -> started.getCount() == 0);
    }
    assertThat(ended).hasValue(3);
  }

  @Test
  void aTaskRunsOnAVirtualThreadOfItsName() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    try (TaskGroup group = restarting()) {
      group.start("probe web", () -> thread.complete(Thread.currentThread()));
      assertThat(thread.get(20, TimeUnit.SECONDS).getName()).isEqualTo("probe web");
      assertThat(thread.get().isVirtual()).isTrue();
    }
  }

  @Test
  void aTaskThatDiesIsStartedAgainAfterItsWaitAndShown() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (TaskGroup group = restarting()) {
      group.start(
          "source",
          () -> {
            if (runs.incrementAndGet() == 1) {
              throw new IllegalStateException("boom");
            }
            forever();
          });
      time.awaitWaiters(1);
      assertThat(runs).hasValue(1);
      assertThat(group.died())
          .singleElement()
          .satisfies(died -> {
            assertThat(died.task()).isEqualTo("source");
            assertThat(died.times()).isEqualTo(1);
            assertThat(died.cause()).contains("boom");
          });
      time.advance(Duration.ofMillis(100));
      await().until(() -> runs.get() == 2);
      time.advance(Duration.ofSeconds(36));
      assertThat(group.died()).as("ran stably since").isEmpty();
    }
  }

  @Test
  void aTaskOfTheOtherKindIsReportedAndStaysDead() {
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<String> reported = new CompletableFuture<>();
    OnDeath report =
        new OnDeath.Report((name, e) -> reported.complete(name + " " + e.getMessage()));
    try (TaskGroup group = new TaskGroup("test", report, Time.SYSTEM)) {
      group.start(
          "keeper",
          () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("boom");
          });
      assertThat(reported.join()).isEqualTo("keeper boom");
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void aStoppedTaskEndsWithoutBeingStartedAgain() {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    try (TaskGroup group = restarting()) {
      Runner.Running task =
          group.start(
              "one",
              () -> {
                started.countDown();
                try {
                  forever();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                  throw new IllegalStateException("cleaning up failed", e);
                }
              });
      await().until(() -> started.getCount() == 0);
      task.stop();
      await().untilTrue(interrupted);
    }
    assertThat(time.nanos()).isZero();
  }

  @Test
  void aClosedGroupStartsNothing() {
    TaskGroup group = restarting();
    group.close();
    assertThatThrownBy(() -> group.start("late", () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("late");
  }

  @Test
  void aPulseIsRepeatedAtItsTimesAndEndedOnce() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    Pulse pulse =
        new Pulse() {
          @Override
          public Optional<Duration> step() {
            steps.incrementAndGet();
            return Optional.of(Duration.ofSeconds(1));
          }

          @Override
          public void end() {
            ends.incrementAndGet();
          }
        };
    try (TaskGroup group = restarting()) {
      Runner.onThreads(group, time).start("pulse", pulse);
      for (int i = 1; i <= 3; i++) {
        time.awaitWaiters(1);
        assertThat(steps).hasValue(i);
        time.advance(Duration.ofSeconds(1));
        int next = i + 1;
        await().until(() -> steps.get() == next);
      }
    }
    assertThat(ends).hasValue(1);
  }
}
