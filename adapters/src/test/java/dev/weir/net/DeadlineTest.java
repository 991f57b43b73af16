package dev.weir.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When deadlines close channels, and when they do not. */
final class DeadlineTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMinutes(5);

  private static Channel open() throws IOException {
    return Pipe.open().source();
  }

  @Test
  void closes_its_channel_when_the_time_is_over() throws Exception {
    Channel channel = open();
    try (Deadline deadline = Deadline.after(SOON)) {
      deadline.guard(channel);
      assertThat(deadline.passed()).isFalse();

      await().until(() -> !channel.isOpen());

      assertThat(deadline.passed()).isTrue();
    }
  }

  @Test
  void closes_at_once_what_it_is_given_too_late() throws Exception {
    Channel channel = open();
    try (Deadline deadline = Deadline.after(Duration.ofNanos(1))) {
      await().until(deadline::passed);

      deadline.guard(channel);

      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void leaves_alone_what_was_done_in_time() throws Exception {
    try (Channel done = open();
        Channel later = open()) {
      Deadline first = Deadline.after(SOON);
      first.guard(done);
      first.close();
      try (Deadline second = Deadline.after(SOON.multipliedBy(2))) {
        second.guard(later);

        await().until(() -> !later.isOpen());
      }

      assertThat(done.isOpen()).isTrue();
      assertThat(first.passed()).isFalse();
    }
  }

  @Test
  void a_nearer_one_does_not_wait_for_one_far_away() throws Exception {
    Channel far = open();
    Channel near = open();
    try (Deadline late = Deadline.after(LATE);
        Deadline soon = Deadline.after(SOON)) {
      late.guard(far);
      soon.guard(near);

      await().until(() -> !near.isOpen());

      assertThat(far.isOpen()).isTrue();
    }
  }

  @Test
  void alarms_ring_in_order_once_each_and_not_when_cleared() throws Exception {
    DeadlineClock clock = DeadlineClock.start();
    List<Integer> rung = new CopyOnWriteArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    clock.set(SOON.multipliedBy(4), last::countDown);
    clock.set(SOON.multipliedBy(3), () -> rung.add(3));
    DeadlineClock.Alarm cleared = clock.set(SOON, () -> rung.add(0));
    clock.set(SOON.multipliedBy(2), () -> rung.add(2));
    clock.set(SOON, () -> rung.add(1));
    clock.clear(cleared);

    assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(rung).containsExactly(1, 2, 3);
  }
}
