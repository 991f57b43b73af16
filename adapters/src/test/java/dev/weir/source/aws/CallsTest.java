package dev.weir.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.follow.Pace;
import dev.weir.spi.RefusedException;
import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many calls are made, and when. */
class CallsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pace BACK_OFF = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final ManualTime time = new ManualTime();
  private final MemoryAws aws = new MemoryAws();

  private Calls calls(int perMinute) {
    AwsAccount account =
        new AwsAccount(
            Optional.of("eu-west-1"), Optional.empty(), new AwsAccount.Identity.Usual(), perMinute);
    return new Calls(account, it -> aws, new Calls.Manner(BACK_OFF, time));
  }

  @Test
  void afterARestAMinutesCallsMayBeMadeAtOnceAndNoMore() throws Exception {
    Calls calls = calls(6);
    AtomicInteger made = new AtomicInteger();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  var _ = calls.ask(client -> client.hooks("x"));
                  made.incrementAndGet();
                }
              } catch (Exception ended) {
                // the interrupt
              }
            });
    time.awaitWaiters(1);
    assertThat(made).hasValue(6);
    for (int more = 1; more <= 3; more++) {
      time.advance(Duration.ofSeconds(10));
      int wanted = 6 + more;
      await().atMost(PATIENCE).untilAtomic(made, count -> assertThat(count).isEqualTo(wanted));
      time.awaitWaiters(1);
    }
    caller.interrupt();
    caller.join();
  }

  @Test
  void aCallThatWasTooManyIsMadeAgainLater() throws Exception {
    Calls calls = calls(600);
    aws.failures.addAll(
        List.of(new ThrottledException("Rate exceeded"), new ThrottledException("Rate exceeded")));
    aws.hook("x", "drain");
    AtomicInteger found = new AtomicInteger();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                found.set(calls.ask(client -> client.hooks("x")).size());
              } catch (Exception failed) {
                found.set(-1);
              }
            });
    time.awaitWaiters(1);
    assertThat(aws.calls).hasSize(1);
    time.advance(Duration.ofSeconds(1)); // the first pause is at most that, and then its turn
    time.awaitWaiters(1);
    for (int i = 0; i < 40 && caller.isAlive(); i++) {
      time.advance(Duration.ofSeconds(1));
      boolean ignored = caller.join(Duration.ofMillis(20));
    }
    assertThat(found).hasValue(1);
    assertThat(aws.calls).hasSize(3);
  }

  @Test
  void whatIsRefusedIsNotMadeAgain() {
    Calls calls = calls(60);
    aws.failures.add(new RefusedException("no"));
    assertThatThrownBy(() -> calls.ask(client -> client.hooks("x")))
        .isInstanceOf(RefusedException.class);
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void knownInstancesAreNotAskedForAgainUntilTheyAreStale() throws Exception {
    KnownMachines machines = new KnownMachines(calls(6000), time);
    aws.machine("i-1", "10.0.0.1");
    aws.machine("i-2", "10.0.0.2");
    Group one = new Group("blue", List.of(MemoryAws.seat("i-1", "InService")));
    Group two =
        new Group(
            "blue", List.of(MemoryAws.seat("i-1", "InService"), MemoryAws.seat("i-2", "Pending")));
    assertThat(machines.of(List.of(one))).containsOnlyKeys("i-1");
    assertThat(machines.of(List.of(one))).containsOnlyKeys("i-1");
    assertThat(aws.calls).containsExactly("machines 1");
    assertThat(machines.of(List.of(two))).containsOnlyKeys("i-1", "i-2");
    assertThat(aws.calls).containsExactly("machines 1", "machines 1");
    time.advance(Duration.ofMinutes(1));
    aws.machine("i-1", "10.0.0.9");
    assertThat(machines.of(List.of(two)))
        .containsEntry("i-1", MemoryAws.machineOf("i-1", "10.0.0.9"));
    assertThat(aws.calls).containsExactly("machines 1", "machines 1", "machines 2");
    assertThat(machines.of(List.of())).isEmpty();
  }

  @Test
  void manyInstancesAreAskedForInBatchesAndTakenInPages() throws Exception {
    List<Group.Seat> seats = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      String id = "i-%03d".formatted(i);
      aws.machine(id, "10.0.%d.%d".formatted(i / 250, i % 250));
      seats.add(MemoryAws.seat(id, "InService"));
    }
    KnownMachines machines = new KnownMachines(calls(6000), time);
    assertThat(machines.of(List.of(new Group("blue", seats)))).hasSize(450);
    assertThat(aws.calls)
        .isEqualTo(
            List.of("machines 200", "machines 200", "machines 200", "machines 200", "machines 50"));
  }
}
