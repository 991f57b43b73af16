package dev.weir.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LedgerTest {
  private static final ProxyName EDGE = new ProxyName("edge");

  private final ManualTime time = new ManualTime();
  private final WrittenStore store = new WrittenStore();
  private final TaskGroup tasks = new TaskGroup("test", new OnDeath.Report((n, e) -> {}), time);

  /** The numbers of each write, and a disk that can be full. */
  private static final class WrittenStore implements RevisionStore {
    private final List<List<Long>> writes = new ArrayList<>();
    private boolean full;

    @Override
    public synchronized void appendRevisions(List<Revision> revisions) throws StoreException {
      if (full) {
        throw new StoreException("no space left on device", new IOException("disk full"));
      }
      writes.add(revisions.stream().map(Revision::number).toList());
    }

    synchronized void full(boolean now) {
      full = now;
    }

    synchronized List<List<Long>> writes() {
      return List.copyOf(writes);
    }

    @Override
    public List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit) {
      return List.of();
    }

    @Override
    public long newestRevision(Optional<ProxyName> proxy) {
      return 40;
    }
  }

  @AfterEach
  void stop() {
    tasks.close();
  }

  private void add(Ledger ledger) {
    DesiredState desired = DesiredState.of(1, List.of());
    Prepared.ToDo todo =
        new Prepared.ToDo(desired, new Plan.InSync(desired.fingerprint()), Prepared.Origin.WANTED);
    var _ = ledger.add(EDGE, todo, new Ledger.Done(Outcome.Way.LIVE, time.now(), Duration.ZERO));
  }

  @Test
  void writesTheFirstAtOnceAndWhatFollowsTogether() throws Exception {
    Ledger ledger = Ledger.open(store);
    tasks.start("ledger", () -> ledger.run(time));
    add(ledger);
    await().until(() -> store.writes().equals(List.of(List.of(41L))));
    time.awaitWaiters(1);
    add(ledger);
    add(ledger);
    assertThat(store.writes()).hasSize(1);
    assertThat(ledger.revisions(Optional.empty(), Long.MAX_VALUE, 10))
        .as("what is not written yet is told all the same")
        .extracting(Revision::number)
        .containsExactly(43L, 42L);
    time.advance(Duration.ofSeconds(1));
    await().until(() -> store.writes().equals(List.of(List.of(41L), List.of(42L, 43L))));
  }

  @Test
  void writesAtItsEndWhatStillWaits() throws Exception {
    Ledger ledger = Ledger.open(store);
    add(ledger);
    add(ledger);
    ledger.close();
    assertThat(store.writes()).containsExactly(List.of(41L, 42L));
  }

  @Test
  void aNumberThatAKilledWeirGaveOutIsNotGivenOutAgain() throws Exception {
    Ledger killed = Ledger.open(store);
    add(killed);
    Ledger next = Ledger.openAfterKill(store);
    add(next);
    assertThat(next.newest(EDGE)).isGreaterThan(killed.newest(EDGE));
  }

  @Test
  void writesLaterWhatAFullDiskRefused() throws Exception {
    store.full(true);
    Ledger ledger = Ledger.open(store);
    tasks.start("ledger", () -> ledger.run(time));
    add(ledger);
    time.awaitWaiters(1);
    store.full(false);
    time.advance(Duration.ofSeconds(2));
    await().until(() -> store.writes().equals(List.of(List.of(41L))));
  }
}
