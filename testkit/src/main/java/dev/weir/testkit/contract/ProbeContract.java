package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Probe;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every probe promises: bounded time and bytes; each kind of failure told apart; an interrupt
 * ends it; nothing is left open after it is closed; one bad look does not spoil the next.
 */
public abstract class ProbeContract {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** What a busy machine may need beside the time that was allowed. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Far more than any probe reads, beside what the kernel's buffers hold on both sides. */
  private static final long FEW_BYTES = 32L << 20;

  private ProbeTargets targets;

  /** A network of its own for each test. */
  protected abstract ProbeTargets openTargets() throws Exception;

  /** The probe under test; for HTTP it expects status 200 and what {@code ANSWERS} says. */
  protected abstract Probe probe(ProbeTargets network) throws Exception;

  /** The behaviours that this kind of probe can notice. */
  protected abstract Set<Behaviour> noticed();

  @BeforeEach
  final void start() throws Exception {
    targets = openTargets();
  }

  @AfterEach
  final void stop() {
    targets.close();
  }

  @TestFactory
  final Stream<DynamicTest> tells_apart_in_bounded_time() {
    return noticed().stream()
        .map(b -> DynamicTest.dynamicTest(b.name(), () -> isSeenInBoundedTime(b)));
  }

  private void isSeenInBoundedTime(Behaviour behaviour) throws Exception {
    Endpoint target = targets.start(behaviour);
    Duration timeout = timeFor(behaviour);
    try (Probe.Session session = probe(targets).open(target)) {
      long start = System.nanoTime();

      ProbeResult result = session.look(timeout);

      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      assertThat(result.kind()).as(result.detail()).isEqualTo(behaviour.seenAs());
      assertThat(elapsed).isLessThan(timeout.plus(SLACK));
      assertThat(result.took()).isLessThanOrEqualTo(elapsed).isGreaterThan(Duration.ZERO);
      assertThat(result.detail()).isNotBlank().doesNotContain("\n", "\r").hasSizeLessThan(300);
      assertThat(targets.sent(target)).isLessThan(FEW_BYTES);
    }
  }

  @TestFactory
  final Stream<DynamicTest> a_bad_look_does_not_spoil_the_next() {
    return noticed().stream().map(b -> DynamicTest.dynamicTest(b.name(), () -> recoversFrom(b)));
  }

  private void recoversFrom(Behaviour behaviour) throws Exception {
    Endpoint target = targets.start(behaviour);
    try (Probe.Session session = probe(targets).open(target)) {
      session.look(timeFor(behaviour));
      targets.change(target, Behaviour.ANSWERS);

      ProbeResult second = session.look(LONG);

      assertThat(second.kind()).as(second.detail()).isEqualTo(ProbeResult.Kind.OK);
    }
  }

  @TestFactory
  final Stream<DynamicTest> leaves_no_connection_behind() {
    return noticed().stream()
        .filter(b -> b != Behaviour.REFUSES && b != Behaviour.NOT_ACCEPTING)
        .map(b -> DynamicTest.dynamicTest(b.name(), () -> leavesNothing(b)));
  }

  private void leavesNothing(Behaviour behaviour) throws Exception {
    Endpoint target = targets.start(behaviour);
    Probe.Session session = probe(targets).open(target);
    session.look(timeFor(behaviour));

    session.close();
    session.close();

    soon(() -> targets.taken(target) > 0 && targets.open(target) == 0);
    assertThat(targets.taken(target)).isEqualTo(1);
  }

  @Test
  final void looks_as_often_as_asked_with_one_connection_at_a_time() throws Exception {
    Endpoint target = targets.start(Behaviour.ANSWERS);
    try (Probe.Session session = probe(targets).open(target)) {
      for (int look = 1; look <= 25; look++) {
        ProbeResult result = session.look(LONG);
        assertThat(result.kind()).as(result.detail()).isEqualTo(ProbeResult.Kind.OK);
        soon(() -> targets.open(target) <= 1);
      }
    }
  }

  @Test
  final void a_target_that_hangs_up_between_two_looks_is_not_failing() throws Exception {
    Endpoint target = targets.start(Behaviour.ANSWERS);
    try (Probe.Session session = probe(targets).open(target)) {
      for (int look = 1; look <= 5; look++) {
        ProbeResult result = session.look(LONG);
        assertThat(result.kind()).as(result.detail()).isEqualTo(ProbeResult.Kind.OK);
        targets.hangUp(target);
      }
    }
  }

  @TestFactory
  final Stream<DynamicTest> an_interrupt_ends_a_look() {
    return Stream.of(Behaviour.NOT_ACCEPTING, Behaviour.SILENT, Behaviour.DRIPS)
        .filter(noticed()::contains)
        .map(b -> DynamicTest.dynamicTest(b.name(), () -> isInterruptedAt(b)));
  }

  private void isInterruptedAt(Behaviour behaviour) throws Exception {
    Endpoint target = targets.start(behaviour);
    try (Probe.Session session = probe(targets).open(target)) {
      FutureTask<ProbeResult> look = new FutureTask<>(() -> session.look(LONG));
      Thread thread = Thread.ofVirtual().start(look);
      soon(() -> behaviour == Behaviour.NOT_ACCEPTING || targets.open(target) == 1);
      soon(() -> waits(thread));

      thread.interrupt();

      assertThatThrownBy(() -> look.get(SLACK.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      soon(() -> targets.open(target) == 0);
    }
  }

  /** Short where the probe will need all of it. */
  private static Duration timeFor(Behaviour behaviour) {
    return switch (behaviour.seenAs()) {
      case TIMEOUT, CONNECT_TIMEOUT -> SHORT;
      case OK, REFUSED, STATUS, BODY, TLS, ERROR -> LONG;
    };
  }

  private static void soon(Callable<Boolean> condition) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  final void an_interrupt_before_the_look_ends_it_too() throws Exception {
    Endpoint target = targets.start(Behaviour.ANSWERS);
    try (Probe.Session session = probe(targets).open(target)) {
      FutureTask<ProbeResult> look =
          new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return session.look(LONG);
          });
      Thread.ofVirtual().start(look);

      assertThatThrownBy(() -> look.get(SLACK.toMillis(), TimeUnit.MILLISECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  final void opening_a_session_does_no_io() throws Exception {
    Endpoint target = targets.start(Behaviour.ANSWERS);

    probe(targets).open(target).close();

    assertThat(targets.taken(target)).isZero();
  }
}
