package dev.weir.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Author;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.spi.PauseStore;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who is left alone, until when, and who is told. */
class PausesTest {

  private static final ProxyName EDGE = new ProxyName("edge");

  private final ManualTime time = new ManualTime();
  private final FakeStore store = new FakeStore();
  private final List<Event> events = new ArrayList<>();

  private Pauses open() throws StoreException {
    return Pauses.open(store, time, events::add);
  }

  private Pause pause(Optional<ProxyName> proxy, Duration... howLong) {
    Optional<Instant> until =
        howLong.length == 0 ? Optional.empty() : Optional.of(time.now().plus(howLong[0]));
    return new Pause(proxy, new Attribution("alice", time.now(), Optional.of("why"), until));
  }

  @Test
  void holdsOneProxyOverARestartUntilItIsResumed() throws Exception {
    open().pause(pause(Optional.of(EDGE)), Optional.of("r-1"));

    Pauses again = open();
    assertThat(again.holds(EDGE)).contains(Brake.Hold.asItIs("paused by alice: why"));
    assertThat(again.holds(new ProxyName("inner"))).isEmpty();
    assertThat(again.resume(Optional.of(EDGE), Author.of("bob"))).isTrue();
    assertThat(again.resume(Optional.of(EDGE), Author.of("bob"))).isFalse();
    assertThat(open().holds(EDGE)).isEmpty();
    assertThat(events)
        .extracting(Event::kind)
        .containsExactly(EventKind.PROXY_PAUSED, EventKind.PROXY_RESUMED);
    assertThat(events.getFirst().audit().requestId()).contains("r-1");
  }

  @Test
  void endsByItselfAndSaysSoOnce() throws Exception {
    Pauses pauses = open();
    pauses.pause(pause(Optional.empty(), Duration.ofHours(1)), Optional.empty());
    time.advance(Duration.ofMinutes(59));
    assertThat(pauses.holds(EDGE)).isPresent();

    time.advance(Duration.ofMinutes(1));

    assertThat(pauses.holds(EDGE)).isEmpty();
    assertThat(pauses.all()).isEmpty();
    assertThat(events).hasSize(1);
    pauses.tidy();
    pauses.tidy();
    assertThat(events)
        .extracting(Event::kind)
        .containsExactly(EventKind.PROXY_PAUSED, EventKind.PROXY_RESUMED);
    assertThat(store.loadPauses()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackOrForthEndsAPauseByWhatTheClockSays() throws Exception {
    Pauses pauses = open();
    pauses.pause(pause(Optional.of(EDGE), Duration.ofHours(1)), Optional.empty());
    time.jump(Duration.ofHours(-2));
    time.advance(Duration.ofHours(2));
    pauses.tidy();
    assertThat(pauses.holds(EDGE)).isPresent();

    time.jump(Duration.ofHours(2));
    assertThat(pauses.holds(EDGE)).isEmpty();
    pauses.tidy();
    assertThat(store.loadPauses()).isEmpty();
  }

  @Test
  void whatCannotBeKeptDoesNotHold() throws Exception {
    Pauses pauses = open();
    store.disk().fill();
    assertThatThrownBy(() -> pauses.pause(pause(Optional.of(EDGE)), Optional.empty()))
        .isInstanceOf(StoreException.class);
    assertThat(pauses.holds(EDGE)).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void severalArePausedTogetherOrNone() throws Exception {
    Pauses pauses = open();
    ProxyName inner = new ProxyName("inner");
    List<Pause> both = List.of(pause(Optional.of(EDGE)), pause(Optional.of(inner)));
    store.disk().fill();
    assertThatThrownBy(() -> pauses.pause(both, Optional.empty()))
        .isInstanceOf(StoreException.class);
    assertThat(pauses.all()).isEmpty();
    assertThat(events).isEmpty();

    store.disk().free();
    pauses.pause(both, Optional.empty());
    assertThat(open().all()).hasSize(2);
    assertThat(pauses.resumeAll(Author.of("bob"))).isTrue();
    assertThat(open().all()).isEmpty();
    assertThat(pauses.resumeAll(Author.of("bob"))).isFalse();
    assertThat(events).hasSize(4);
  }

  @Test
  void oneThatCameToNothingGivesWayToWhatItReplaced() throws Exception {
    Pauses pauses = open();
    Pause before = pause(Optional.of(EDGE), Duration.ofHours(1));
    pauses.pause(before, Optional.empty());
    Pause pin = pinned(3);
    pauses.pause(pin, Optional.empty());

    pauses.takeBack(pin, Optional.of(before), Author.of("bob"));

    assertThat(pauses.all()).containsExactly(before);
    assertThat(open().all()).containsExactly(before);
    assertThat(events.getLast().by()).contains("bob");
    pauses.pause(pin, Optional.empty());
    time.advance(Duration.ofHours(1));
    pauses.takeBack(pin, Optional.of(before), Author.of("bob"));
    assertThat(pauses.all()).isEmpty();
  }

  @Test
  void whatSomebodyDecidedMeanwhileIsNotTakenBack() throws Exception {
    Pauses pauses = open();
    Pause before = pause(Optional.of(EDGE));
    Pause pin = pinned(3);
    pauses.pause(pin, Optional.empty());
    var _ = pauses.resume(Optional.of(EDGE), Author.of("carol"));
    pauses.takeBack(pin, Optional.of(before), Author.of("bob"));
    assertThat(pauses.all()).isEmpty();

    Pause other = pinned(4);
    pauses.pause(other, Optional.empty());
    pauses.takeBack(pin, Optional.of(before), Author.of("bob"));
    assertThat(pauses.all()).containsExactly(other);
  }

  /** A dispute took the pin away, and who ended it got the state that was rolled back from. */
  @Test
  void aDisputeAboutAPinnedProxyLeavesThePinWhenItEnds() throws Exception {
    Pauses pauses = open();
    Pause pin = pinned(3);
    pauses.pause(pin, Optional.empty());
    pauses.contest(EDGE, "changed 3 times");

    assertThat(pauses.holds(EDGE).orElseThrow())
        .isEqualTo(
            Brake.Hold.asItIs(
                "contested: changed 3 times; until then pinned to revision 3 by bob"));
    Pauses again = open();
    assertThat(again.all().getFirst().contested()).contains("changed 3 times");
    assertThat(again.resume(Optional.of(EDGE), Author.of("carol"))).isTrue();
    assertThat(again.all()).containsExactly(pin);
    assertThat(open().holds(EDGE).orElseThrow().pin())
        .contains(new Brake.PinnedTo(3, pin.attribution().at()));
    assertThat(events.getLast().message()).contains("is again pinned to revision 3");

    assertThat(again.resume(Optional.of(EDGE), Author.of("carol"))).isTrue();
    assertThat(open().all()).isEmpty();
  }

  @Test
  void aPinThatEndedDuringADisputeDoesNotComeBack() throws Exception {
    Pauses pauses = open();
    Instant soon = time.now().plusSeconds(60);
    Attribution bob = new Attribution("bob", time.now(), Optional.empty(), Optional.of(soon));
    pauses.pause(new Pause(Optional.of(EDGE), OptionalLong.of(3), bob), Optional.empty());
    pauses.contest(EDGE, "changed 3 times");
    time.advance(Duration.ofHours(1));
    pauses.tidy();
    assertThat(pauses.holds(EDGE)).isPresent();

    assertThat(pauses.resumeAll(Author.of("carol"))).isTrue();
    assertThat(open().all()).isEmpty();
  }

  private Pause pinned(long revision) {
    return new Pause(
        Optional.of(EDGE),
        OptionalLong.of(revision),
        new Attribution("bob", time.now(), Optional.empty(), Optional.empty()));
  }

  /** A disk that hangs kept every reconciler waiting, because asking took the writer's lock. */
  @Test
  void askingDoesNotWaitForADiskThatHangs() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    PauseStore hangs =
        new PauseStore() {
          @Override
          public List<Pause> loadPauses() {
            return List.of();
          }

          @Override
          public void changePauses(List<Pause> kept, List<Optional<ProxyName>> dropped)
              throws StoreException {
            writing.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new StoreException("interrupted", e);
            }
          }
        };
    Pauses pauses = Pauses.open(hangs, time, events::add);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pauses.pause(pause(Optional.of(EDGE)), Optional.empty());
              } catch (StoreException e) {
                throw new IllegalStateException(e);
              }
            });
    writing.await();
    assertThat(pauses.holds(EDGE)).isEmpty();
    assertThat(pauses.all()).isEmpty();
    release.countDown();
    writer.join();
    assertThat(pauses.holds(EDGE)).isPresent();
  }
}
