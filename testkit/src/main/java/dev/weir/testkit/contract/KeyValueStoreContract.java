package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.WatchedStore.Told;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/** What every key-value store promises, whatever is behind it. */
@Isolated("counts the sockets of this process")
public abstract class KeyValueStoreContract {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A new world, closed by the contract; it may share what is dear to start. */
  protected abstract KeyValueWorld world() throws Exception;

  /** A test of a watch. */
  @FunctionalInterface
  private interface Watching {
    void run(KeyValueWorld world, WatchedStore watched) throws Exception;
  }

  private void watching(String below, Map<String, String> given, Watching test) throws Exception {
    try (KeyValueWorld world = world()) {
      world.heal();
      for (Map.Entry<String, String> pair : given.entrySet()) {
        world.put(world.root() + pair.getKey(), pair.getValue());
      }
      try (KeyValueStore store = world.store();
          WatchedStore watched =
              WatchedStore.start(store, world.root() + below, world.patience())) {
        test.run(world, watched);
      }
    }
  }

  private static Map<String, String> at(KeyValueWorld world, Map<String, String> below) {
    Map<String, String> pairs = new TreeMap<>();
    below.forEach((key, value) -> pairs.put(world.root() + key, value));
    return pairs;
  }

  @Test
  void aPrefixMayBeAKey() throws Exception {
    watching(
        "/app/a",
        Map.of("/app/a", "1", "/app/ab", "2", "/app/b", "3"),
        (world, watched) -> watched.awaitPairs(at(world, Map.of("/app/a", "1"))));
  }

  @Test
  void aPrefixIsWhatIsBelowIt() throws Exception {
    Map<String, String> given = Map.of("/app/a", "1", "/app/b/c", "2", "/apple", "3", "/ap", "4");
    watching(
        "/app",
        given,
        (world, watched) -> watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b/c", "2"))));
  }

  @Test
  void aPrefixWithASlashIsOnlyWhatIsBelowIt() throws Exception {
    Map<String, String> given = Map.of("/app/a", "1", "/app/b/c", "2", "/apple", "3");
    watching(
        "/app/",
        given,
        (world, watched) -> watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b/c", "2"))));
  }

  @Test
  void nothingThereIsToldAsNothing() throws Exception {
    watching(
        "/app/",
        Map.of("/other", "1"),
        (world, watched) -> {
          watched.awaitPairs(Map.of());
          needs(world, Ability.CHANGE);
          world.put(world.root() + "/app/a", "1");
          watched.awaitPairs(at(world, Map.of("/app/a", "1")));
          int before = watched.count();
          world.delete(world.root() + "/app/a");
          watched.awaitPairs(before, Map.of());
        });
  }

  @Test
  void everyChangeIsFollowed() throws Exception {
    watching(
        "/app",
        Map.of("/app/a", "1", "/app/b", "2"),
        (world, watched) -> {
          needs(world, Ability.CHANGE);
          watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b", "2")));
          world.put(world.root() + "/app/c", "3");
          watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b", "2", "/app/c", "3")));
          world.put(world.root() + "/app/a", "one");
          watched.awaitPairs(at(world, Map.of("/app/a", "one", "/app/b", "2", "/app/c", "3")));
          world.delete(world.root() + "/app/b");
          watched.awaitPairs(at(world, Map.of("/app/a", "one", "/app/c", "3")));
        });
  }

  @Test
  void valuesAreTakenAsTheyAre() throws Exception {
    Map<String, String> given =
        Map.of(
            "/app/lines", "a\nb\r\nc\n",
            "/app/marks", "\"'<&>{}[]%20\\",
            "/app/letters", "\u00e4\u20ac\ud83d\ude00",
            "/app/spaces", "  a  b ");
    watching("/app", given, (world, watched) -> watched.awaitPairs(at(world, given)));
  }

  @Test
  void aThousandPairsAreToldAtOnce() throws Exception {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      given.put("/app/member-%04d".formatted(i), "10.0.%d.%d:80".formatted(i / 250, i % 250));
    }
    watching(
        "/app/",
        given,
        (world, watched) -> {
          watched.awaitPairs(at(world, given));
          assertThat(watched.told()).hasSize(1);
        });
  }

  @TestFactory
  Stream<DynamicTest> aFailureIsAnExceptionAndNeverNothing() {
    return Arrays.stream(Fault.values())
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> fails(fault)));
  }

  private void fails(Fault fault) throws Exception {
    watching(
        "/app",
        Map.of("/app/a", "1"),
        (world, watched) -> {
          needs(world, fault.ability());
          Map<String, String> held = at(world, Map.of("/app/a", "1"));
          watched.awaitPairs(held);
          int before = watched.count();
          world.fail(fault);
          assertThat(watched.awaitFailure(before)).message().isNotBlank().doesNotContain("\n");
          assertThat(watched.told().stream().filter(Told.Pairs.class::isInstance))
              .containsOnly(new Told.Pairs(held));
          int failed = watched.count();
          world.heal();
          watched.awaitPairs(failed, held);
        });
  }

  @Test
  void aStoreThatLostItsHistoryIsReadAnew() throws Exception {
    watching(
        "/app",
        Map.of("/app/a", "1", "/app/b", "2", "/other", "3"),
        (world, watched) -> {
          needs(world, Ability.REWIND);
          watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b", "2")));
          world.put(world.root() + "/app/c", "3");
          watched.awaitPairs(at(world, Map.of("/app/a", "1", "/app/b", "2", "/app/c", "3")));
          world.recreate(at(world, Map.of("/app/z", "26")));
          watched.awaitPairs(at(world, Map.of("/app/z", "26")));
          world.put(world.root() + "/app/y", "25");
          watched.awaitPairs(at(world, Map.of("/app/z", "26", "/app/y", "25")));
        });
  }

  @Test
  void anInterruptEndsAWatchAndLeavesNothingBehind() throws Exception {
    try (KeyValueWorld world = world()) {
      world.put(world.root() + "/app/a", "1");
      watchAndStop(world); // loads classes and starts what the JDK starts once
      Leftovers before = Leftovers.now();
      assertThat(watchAndStop(world)).isLessThan(SECOND);
      before.awaitSame(world.farewell());
    }
  }

  private static Duration watchAndStop(KeyValueWorld world) throws Exception {
    try (KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root() + "/app", world.patience())) {
      watched.awaitPairs(at(world, Map.of("/app/a", "1")));
      return watched.stop();
    }
  }

  private static void needs(KeyValueWorld world, Ability ability) {
    assumeFalse(
        world.unable().containsKey(ability),
        () -> ability + " is impossible here: " + world.unable().get(ability));
  }
}
