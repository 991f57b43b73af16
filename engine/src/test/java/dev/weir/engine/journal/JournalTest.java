package dev.weir.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Address;
import dev.weir.model.Author;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.spi.EventStore;
import dev.weir.spi.EventStore.Stored;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class JournalTest {
  private static final MemberId MEMBER =
      new MemberId(new PoolId("web"), Address.parse("10.0.0.1:80"));

  private final ManualTime time = new ManualTime();
  private final MemoryStore store = new MemoryStore();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final TaskGroup tasks = new TaskGroup("test", new OnDeath.Report((n, e) -> {}), time);

  /** Events in a list, and a disk that can be full. */
  private static final class MemoryStore implements EventStore {
    private final List<Stored> all = new ArrayList<>();
    private boolean full;
    private int appends;

    @Override
    public synchronized void append(List<Stored> events) throws StoreException {
      appends++;
      if (full) {
        throw new StoreException("no space left on device", new IOException("disk full"));
      }
      all.addAll(events);
    }

    synchronized void full(boolean now) {
      full = now;
    }

    synchronized int appends() {
      return appends;
    }

    @Override
    public synchronized List<Stored> eventsAfter(long after, int limit) {
      return all.stream().filter(it -> it.id() > after).limit(limit).toList();
    }

    @Override
    public synchronized long newestEvent() {
      return all.isEmpty() ? 0 : all.getLast().id();
    }
  }

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    log().addAppender(logged);
    log().setAdditive(false);
  }

  @AfterEach
  void stop() {
    tasks.close();
    log().detachAppender(logged);
    log().setAdditive(true);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger("dev.weir.events");
  }

  private Event event(String message) {
    return Event.of(time.now(), EventKind.MEMBER_DOWN, Event.Subject.of(MEMBER), message);
  }

  private static List<String> messages(List<Stored> events) {
    return events.stream().map(it -> it.event().message()).toList();
  }

  @Test
  void givesEventsOutInOrderWithoutGaps() throws StoreException {
    Journal journal = Journal.open(store, time);
    for (int i = 1; i <= 5; i++) {
      journal.record(event("e" + i));
    }
    assertThat(messages(journal.after(2, 2))).containsExactly("e3", "e4");
    assertThat(messages(journal.after(4, 100))).containsExactly("e5");
    assertThat(journal.newest()).isEqualTo(5);
  }

  @Test
  void continuesTheNumbersOfItsStoreAndReadsOldEventsThere() throws StoreException {
    Journal first = Journal.open(store, time);
    first.record(event("old"));
    first.record(Event.of(time.now(), EventKind.WEIR_STOPPED, Event.Subject.WEIR, "stopped"));
    first.close();
    Journal second = Journal.open(store, time);
    second.record(event("new"));
    assertThat(second.newest()).isEqualTo(3);
    assertThat(messages(second.after(0, 10))).containsExactly("old", "stopped", "new");
  }

  @Test
  void aNumberThatAKilledWeirGaveOutIsNotGivenOutAgain() throws Exception {
    Journal killed = Journal.open(store, time);
    tasks.start("journal", killed::run);
    killed.record(event("kept"));
    await().until(() -> store.newestEvent() == 1);
    killed.record(event("told, and not kept"));
    long told = killed.newest();

    Journal next = Journal.open(store, time);
    assertThat(next.afterKill()).isTrue();
    next.record(event("new"));
    assertThat(next.newest()).isGreaterThan(told);
    assertThat(messages(next.after(told, 10))).containsExactly("new");
    assertThat(messages(next.after(0, 10))).containsExactly("kept", "new");
  }

  @Test
  void readsWhatMemoryHasForgottenFromTheStore() throws StoreException {
    Journal journal = Journal.open(store, time);
    for (int i = 1; i <= 6000; i++) {
      journal.record(event("e" + i));
    }
    journal.close();
    List<Stored> all = journal.after(0, 10_000);
    assertThat(all).extracting(Stored::id).first().isEqualTo(1L);
    assertThat(all).hasSize(6000).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
  }

  @Test
  void aReaderWaitsForNews() throws Exception {
    Journal journal = Journal.open(store, time);
    CompletableFuture<List<Stored>> read = new CompletableFuture<>();
    tasks.start("reader", () -> read.complete(journal.awaitAfter(0, 10, Duration.ofSeconds(15))));
    time.awaitWaiters(1);
    journal.record(event("news"));
    assertThat(messages(read.get(20, TimeUnit.SECONDS))).containsExactly("news");
  }

  @Test
  void aReaderGetsNothingWhenItsTimeIsOver() throws Exception {
    Journal journal = Journal.open(store, time);
    CompletableFuture<List<Stored>> read = new CompletableFuture<>();
    tasks.start("reader", () -> read.complete(journal.awaitAfter(0, 10, Duration.ofSeconds(15))));
    time.awaitWaiters(1);
    time.advance(Duration.ofSeconds(15));
    assertThat(read.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void writesLogAndStoreInTheBackground() throws StoreException {
    Journal journal = Journal.open(store, time);
    tasks.start("journal", journal::run);
    journal.record(
        event("check fails: 503")
            .by(Author.of("root"), new Event.Change("none", "drain"), Optional.empty())
            .inGeneration(7));
    await().until(() -> store.newestEvent() == 1);
    assertThat(logged.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage()).isEqualTo("check fails: 503");
          assertThat(line.getKeyValuePairs())
              .extracting(pair -> pair.key + "=" + pair.value)
              .containsExactly(
                  "event=member.down", "pool=web", "member=10.0.0.1:80", "generation=7", "by=root");
        });
  }

  @Test
  void whatFollowsWithinASecondIsLoggedAtOnceAndWrittenTogether() throws Exception {
    Journal journal = Journal.open(store, time);
    tasks.start("journal", journal::run);
    journal.record(event("e1"));
    await().until(() -> store.newestEvent() == 1);
    for (int i = 2; i <= 4; i++) {
      journal.record(event("e" + i));
    }
    await().until(() -> logged.list.size() == 4);
    time.awaitWaiters(1);
    assertThat(store.appends()).isEqualTo(1);
    time.advance(Duration.ofSeconds(1));
    await().until(() -> store.newestEvent() == 4);
    assertThat(store.appends()).isEqualTo(2);
  }

  @Test
  void whatAPersonDecidedIsWrittenWithoutWaiting() throws Exception {
    Journal journal = Journal.open(store, time);
    tasks.start("journal", journal::run);
    journal.record(event("e1"));
    await().until(() -> store.newestEvent() == 1);
    journal.record(event("e2"));
    time.awaitWaiters(1);
    journal.record(
        event("disabled")
            .by(Author.of("root"), new Event.Change("none", "disable"), Optional.empty()));
    await().until(() -> store.newestEvent() == 3);
  }

  @Test
  void aMessageCannotBeginALineOfItsOwn() throws StoreException {
    Journal journal = Journal.open(store, time);
    journal.record(event("broken\n2030 ERROR forged"));
    journal.close();
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("broken 2030 ERROR forged");
  }

  @Test
  void aFullDiskDelaysNeitherRecordingNorTheLogAndNothingIsLost() throws Exception {
    Journal journal = Journal.open(store, time);
    store.full(true);
    tasks.start("journal", journal::run);
    journal.record(event("e1"));
    await().until(() -> journal.state().storeFails());
    time.awaitWaiters(1);
    journal.record(event("e2"));
    await().until(() -> logged.list.size() == 2);
    assertThat(store.appends()).as("waits before it tries again").isEqualTo(1);
    store.full(false);
    time.advance(Duration.ofSeconds(10));
    await().until(() -> store.newestEvent() == 2);
    assertThat(messages(store.eventsAfter(0, 10))).containsExactly("e1", "e2");
    assertThat(journal.state().storeFails()).isFalse();
    assertThat(logged.list).as("each event is logged once").hasSize(2);
  }

  @Test
  void countsEveryKind() throws StoreException {
    Journal journal = Journal.open(store, time);
    journal.record(event("e1"));
    journal.record(event("e2"));
    assertThat(journal.state().counts())
        .containsEntry(EventKind.MEMBER_DOWN, 2L)
        .containsEntry(EventKind.MEMBER_UP, 0L)
        .hasSize(EventKind.values().length);
  }
}
