package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What every source promises, whatever its upstream. A subclass hands in the world that the source
 * looks at; a rule that its world cannot be put to is skipped with the world's reason.
 */
@Isolated("counts the sockets of this process")
public abstract class SourceContract {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** So many reports may follow each other although nothing changed. */
  private static final int REPEATS = 2;

  private static final int STIRS = 20;

  /** So many times a source is stopped while it starts, each time so much later. */
  private static final int EARLY_STOPS = 20;

  private static final Duration EARLY = Duration.ofNanos(500_000);

  /** What ended threads of the process without anybody to hear it. */
  private final List<Throwable> unheard = new CopyOnWriteArrayList<>();

  private @Nullable UncaughtExceptionHandler former;

  @BeforeEach
  void listenToThreads() {
    former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> unheard.add(failure));
  }

  @AfterEach
  void noThreadHasFailed() {
    Thread.setDefaultUncaughtExceptionHandler(former);
    assertThat(unheard).as("failures of threads").isEmpty();
  }

  /** A new world, closed by the contract; it may share what is dear to start. */
  protected abstract SourceWorld world() throws Exception;

  @Test
  void reportsAllMembersInBoundedTime() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("alpha", "beta"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("alpha", "beta"));
        assertThat(watched.reports()).hasSize(1);
      }
    }
  }

  @Test
  void followsMembersThatComeAndGo() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.CHANGE);
      world.hold(List.of("alpha"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("alpha"));
        world.hold(List.of("alpha", "beta", "gamma"));
        watched.awaitMembers(Set.of("alpha", "beta", "gamma"));
        world.hold(List.of("gamma"));
        watched.awaitMembers(Set.of("gamma"));
      }
    }
  }

  @Test
  void noMembersAtAllIsACompleteReport() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.CHANGE);
      world.hold(List.of());
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of());
        world.hold(List.of("alpha"));
        watched.awaitMembers(Set.of("alpha"));
        int before = watched.count();
        world.hold(List.of());
        watched.awaitMembers(before, Set.of());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aFailureFromTheStartIsNeverAReportOfMembers() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("alpha", "beta"));
        world.fail(fault);
        try (WatchedSource watched = watch(world)) {
          assertThat(watched.awaitUnavailable(0).reason()).isNotBlank().doesNotContain("\n");
          assertThat(completes(watched, 0)).isEmpty();
          world.hold(List.of("alpha"));
          watched.awaitMembers(Set.of("alpha"));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> aFailureLaterSaysSoAndRecoversByItself() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("alpha", "beta"));
        try (WatchedSource watched = watch(world)) {
          Complete good = watched.awaitMembers(Set.of("alpha", "beta"));
          world.fail(fault);
          Unavailable failure = watched.awaitUnavailable(1);
          assertThat(failure.reason()).isNotBlank().doesNotContain("\n");
          assertThat(completes(watched, 1))
              .as("an outage changes no member")
              .allSatisfy(report -> assertThat(report.members()).isEqualTo(good.members()));
          int before = watched.count();
          world.hold(List.of("alpha", "gamma"));
          watched.awaitMembers(before, Set.of("alpha", "gamma"));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> afterAnOutageAnUnchangedWorldIsReportedAgain() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("alpha", "beta"));
        try (WatchedSource watched = watch(world)) {
          watched.awaitMembers(Set.of("alpha", "beta"));
          world.fail(fault);
          watched.awaitUnavailable(1);
          int before = watched.count();
          world.hold(List.of("alpha", "beta"));
          watched.awaitMembers(before, Set.of("alpha", "beta"));
        }
      }
    });
  }

  @Test
  void orderAndDuplicatesDoNotMatter() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("alpha", "beta", "gamma"));
      Complete first = reported(world, Set.of("alpha", "beta", "gamma"));
      needs(world, Ability.CHANGE);
      world.hold(List.of("gamma", "alpha", "beta", "alpha", "gamma"));
      assertThat(reported(world, Set.of("alpha", "beta", "gamma"))).isEqualTo(first);
    }
  }

  @Test
  void anUnchangedWorldDoesNotFlood() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.STIR);
      world.hold(List.of("alpha", "beta"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("alpha", "beta"));
        int before = watched.count();
        for (int i = 0; i < STIRS; i++) {
          world.stir();
        }
        world.hold(List.of("alpha", "beta", "gamma"));
        watched.awaitMembers(Set.of("alpha", "beta", "gamma"));
        assertThat(watched.count() - before).isLessThanOrEqualTo(REPEATS + 1);
        assertThat(watched.reports()).allMatch(Complete.class::isInstance);
      }
    }
  }

  @Test
  void anInterruptEndsItWithinASecondAndLeavesNothingBehind() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("alpha"));
      watchAndStop(world); // loads classes and starts what the JDK starts once
      Leftovers before = Leftovers.now();
      assertThat(watchAndStop(world)).isLessThan(SECOND);
      before.awaitSame(world.farewell());
    }
  }

  @Test
  void anInterruptInTheMidstOfStartingLeavesNothingBehind() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("alpha"));
      watchAndStop(world);
      Leftovers before = Leftovers.now();
      for (int i = 0; i < EARLY_STOPS; i++) {
        try (WatchedSource watched = watch(world)) {
          LockSupport.parkNanos(EARLY.toNanos() * i);
          assertThat(watched.stop()).isLessThan(SECOND);
        }
      }
      before.awaitSame(world.farewell());
    }
  }

  @TestFactory
  Stream<DynamicTest> anInterruptEndsItWithinASecondWhileTheUpstreamFails() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("alpha"));
        watchAndStop(world);
        Leftovers before = Leftovers.now();
        world.fail(fault);
        try (WatchedSource watched = watch(world)) {
          watched.awaitUnavailable(0);
          assertThat(watched.stop()).isLessThan(SECOND);
        }
        world.hold(List.of("alpha"));
        before.awaitSame(world.farewell());
      }
    });
  }

  @Test
  void anIndexThatWentBackwardsIsReadAnew() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.REWIND);
      world.hold(List.of("alpha"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("alpha"));
        world.hold(List.of("alpha", "beta"));
        watched.awaitMembers(Set.of("alpha", "beta"));
        world.rewind(List.of("gamma"));
        watched.awaitMembers(Set.of("gamma"));
        world.hold(List.of("gamma", "delta"));
        watched.awaitMembers(Set.of("gamma", "delta"));
      }
    }
  }

  private Stream<DynamicTest> forEachFault(FaultTest test) throws Exception {
    try (SourceWorld world = world()) {
      boolean any = Arrays.stream(Fault.values()).anyMatch(fault -> isAble(world, fault.ability()));
      assumeTrue(any, () -> "no failure is possible here: " + world.unable());
    }
    return Arrays.stream(Fault.values())
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> test.run(fault)));
  }

  private static WatchedSource watch(SourceWorld world) {
    return WatchedSource.start(world.source(), world.patience());
  }

  private static Duration watchAndStop(SourceWorld world) throws Exception {
    try (WatchedSource watched = watch(world)) {
      watched.awaitMembers(Set.of("alpha"));
      return watched.stop();
    }
  }

  private static Complete reported(SourceWorld world, Set<String> names) throws Exception {
    try (WatchedSource watched = watch(world)) {
      return watched.awaitMembers(names);
    }
  }

  private static List<Complete> completes(WatchedSource watched, int from) {
    List<SourceReport> reports = watched.reports();
    return reports.subList(from, reports.size()).stream()
        .filter(Complete.class::isInstance)
        .map(Complete.class::cast)
        .toList();
  }

  private static void needs(SourceWorld world, Ability ability) {
    assumeTrue(
        isAble(world, ability),
        () -> ability + " is impossible here: " + world.unable().get(ability));
  }

  private static boolean isAble(SourceWorld world, Ability ability) {
    return !world.unable().containsKey(ability);
  }

  /** One rule, tried with one fault. */
  @FunctionalInterface
  private interface FaultTest {
    void run(Fault fault) throws Exception;
  }
}
