package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.catalog.PoolSetState.Naming;
import dev.weir.model.FoundPool;
import dev.weir.model.LastingPool;
import dev.weir.model.SourceName;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of the pool sets that is kept, or is not. */
class PoolSetsChangeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final FakeStore store = new FakeStore();

  @BeforeEach
  void aFormerRunKnewAPool() throws Exception {
    List<LastingPool> known = List.of(new LastingPool(FoundPool.of("a"), Optional.empty()));
    store.savePools(ofTag("lb").source(), known);
  }

  @Test
  void aSetThatGoesIsForgottenOnceTheChangeIsKept() throws Exception {
    try (PoolSets sets = open()) {
      try (PoolSets.Change change = sets.configure(List.of())) {
        assertThat(store.loadPools()).isNotEmpty();
        change.keep();
      }
      assertThat(sets.pools()).isEmpty();
      assertThat(sets.states()).isEmpty();
      assertThat(store.loadPools()).isEmpty();
    }
  }

  @Test
  void aSetThatWasToGoIsThereWithItsPoolsWhenTheChangeIsNotKept() throws Exception {
    try (PoolSets sets = open()) {
      Map<String, List<PoolConfig>> before = sets.pools();
      try (PoolSets.Change change = sets.configure(List.of())) {
        assertThat(change).isNotNull();
        assertThat(sets.pools()).isEmpty();
      }
      assertThat(before.get("services")).hasSize(1);
      assertThat(sets.pools()).isEqualTo(before);
      assertThat(store.loadPools()).containsOnlyKeys(ofTag("lb").source());
    }
  }

  @Test
  void aSetThatWasToLookForOthersLooksForTheSameWhenTheChangeIsNotKept() throws Exception {
    try (PoolSets sets = open()) {
      Map<String, PoolSetState> before = sets.states();
      try (PoolSets.Change change = sets.configure(List.of(ofTag("web")))) {
        assertThat(change).isNotNull();
        assertThat(namings(sets)).allMatch(Naming.Gone.class::isInstance);
      }
      assertThat(sets.states()).isEqualTo(before);
      assertThat(namings(sets)).containsExactly(new Naming.Named());
    }
  }

  @Test
  void whatCouldNotBeStoredIsStoredLater() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    ManualTime time = new ManualTime();
    PoolSetConfig<?, ?> set = SampleSet.ofFolder(folder, "a");
    try (PoolSets sets = PoolSets.open(List.of(set), failingOnce(tries), time, event -> {})) {
      Thread loop = Thread.ofVirtual().start(() -> run(sets));
      sets.startMissing();
      await().atMost(PATIENCE).until(() -> tries.get() == 1);
      assertThat(store.loadPools().get(set.source())).isNull();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            time.advance(Duration.ofSeconds(5));
            return tries.get() == 2;
          });
      await().atMost(PATIENCE).until(() -> store.loadPools().containsKey(set.source()));
      loop.interrupt();
      loop.join();
    }
    assertThat(store.loadPools().get(set.source()))
        .extracting(LastingPool::found)
        .containsExactly(FoundPool.of("a"));
  }

  private static void run(PoolSets sets) {
    try {
      sets.run(
          new PoolSets.Owner() {
            @Override
            public PoolSets.Taken poolsChanged() {
              return PoolSets.Taken.YES;
            }

            @Override
            public Set<PoolConfig> needed(List<PoolConfig> pools) {
              return Set.of();
            }
          });
    } catch (InterruptedException ended) {
      // as it is ended
    }
  }

  /** A store whose disk is full the first time. */
  private PoolSetStore failingOnce(AtomicInteger tries) {
    return new PoolSetStore() {
      @Override
      public Map<SourceName, List<LastingPool>> loadPools() throws StoreException {
        return store.loadPools();
      }

      @Override
      public void savePools(SourceName set, List<LastingPool> pools) throws StoreException {
        if (tries.incrementAndGet() == 1) {
          throw new StoreException("disk full");
        }
        store.savePools(set, pools);
      }

      @Override
      public void dropPools(SourceName set) throws StoreException {
        store.dropPools(set);
      }
    };
  }

  private PoolSets open() throws IOException, StoreException {
    return PoolSets.open(List.of(ofTag("lb")), store, new ManualTime(), event -> {});
  }

  private PoolSetConfig<?, ?> ofTag(String tag) throws IOException {
    return SampleSet.ofTag(folder, tag);
  }

  private static List<Naming> namings(PoolSets sets) {
    return sets.states().values().stream()
        .flatMap(state -> state.pools().values().stream())
        .map(PoolSetState.Known::naming)
        .toList();
  }
}
