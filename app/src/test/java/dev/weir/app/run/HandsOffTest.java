package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.engine.journal.Journal;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.model.EventKind;
import dev.weir.model.ProxyName;
import dev.weir.spi.Time;
import dev.weir.testkit.fake.FakeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that keeps Weir's hands off, and what the journal says of it. */
class HandsOffTest {

  private static final ProxyName EDGE = new ProxyName("edge");

  @TempDir Path folder;

  @Test
  void theFileHoldsEveryProxyAndTheJournalSaysWhenItComesAndGoes() throws Exception {
    FakeStore store = new FakeStore();
    Journal journal = Journal.open(store, Time.SYSTEM);
    PausedFile file = new PausedFile(folder.resolve("weir.yaml"));
    Pauses pauses = Pauses.open(store, Time.SYSTEM, journal::record);
    HandsOff handsOff = new HandsOff(pauses, file, journal, Time.SYSTEM);
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              try {
                handsOff.watch();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(handsOff.holds(EDGE)).isEmpty();
    Path paused = Files.createFile(folder.resolve("paused"));
    assertThat(handsOff.holds(EDGE).orElseThrow().why()).contains(paused.toString());
    await().until(() -> journal.newest() == 1);
    Files.delete(paused);
    assertThat(handsOff.holds(EDGE)).isEmpty();
    await().until(() -> journal.newest() == 2);
    watch.interrupt();
    watch.join();
    assertThat(journal.after(0, 10))
        .extracting(stored -> stored.event().kind())
        .containsExactly(EventKind.PROXY_PAUSED, EventKind.PROXY_RESUMED);
  }

  @Test
  void whereItCannotBeToldWhetherTheFileIsThereItHolds() throws Exception {
    Path loop = folder.resolve("loop");
    PausedFile file = new PausedFile(Files.createSymbolicLink(loop, loop).resolve("weir.yaml"));
    assertThat(file.holds()).isPresent();
  }
}
