package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** A new world, closed by the contract; it may share what is dear to start. */
  protected abstract SourceWorld world() throws Exception;

  @Test
  void reportsAllMembersInBoundedTime() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("a", "b"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("a", "b"));
        assertThat(watched.reports()).hasSize(1);
      }
    }
  }

  @Test
  void followsMembersThatComeAndGo() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.CHANGE);
      world.hold(List.of("a"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("a"));
        world.hold(List.of("a", "b", "c"));
        watched.awaitMembers(Set.of("a", "b", "c"));
        world.hold(List.of("c"));
        watched.awaitMembers(Set.of("c"));
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
        world.hold(List.of("a"));
        watched.awaitMembers(Set.of("a"));
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
        world.hold(List.of("a", "b"));
        world.fail(fault);
        try (WatchedSource watched = watch(world)) {
          assertThat(watched.awaitUnavailable(0).reason()).isNotBlank().doesNotContain("\n");
          assertThat(completes(watched, 0)).isEmpty();
          world.hold(List.of("a"));
          watched.awaitMembers(Set.of("a"));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> aFailureLaterSaysSoAndRecoversByItself() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("a", "b"));
        try (WatchedSource watched = watch(world)) {
          Complete good = watched.awaitMembers(Set.of("a", "b"));
          world.fail(fault);
          Unavailable failure = watched.awaitUnavailable(1);
          assertThat(failure.reason()).isNotBlank().doesNotContain("\n");
          assertThat(completes(watched, 1))
              .as("an outage changes no member")
              .allSatisfy(report -> assertThat(report.members()).isEqualTo(good.members()));
          int before = watched.count();
          world.hold(List.of("a", "c"));
          watched.awaitMembers(before, Set.of("a", "c"));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> afterAnOutageAnUnchangedWorldIsReportedAgain() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("a", "b"));
        try (WatchedSource watched = watch(world)) {
          watched.awaitMembers(Set.of("a", "b"));
          world.fail(fault);
          watched.awaitUnavailable(1);
          int before = watched.count();
          world.hold(List.of("a", "b"));
          watched.awaitMembers(before, Set.of("a", "b"));
        }
      }
    });
  }

  @Test
  void orderAndDuplicatesDoNotMatter() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("a", "b", "c"));
      Complete first = reported(world, Set.of("a", "b", "c"));
      needs(world, Ability.CHANGE);
      world.hold(List.of("c", "a", "b", "a", "c"));
      assertThat(reported(world, Set.of("a", "b", "c"))).isEqualTo(first);
    }
  }

  @Test
  void anUnchangedWorldDoesNotFlood() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.STIR);
      world.hold(List.of("a", "b"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("a", "b"));
        int before = watched.count();
        for (int i = 0; i < STIRS; i++) {
          world.stir();
        }
        world.hold(List.of("a", "b", "c"));
        watched.awaitMembers(Set.of("a", "b", "c"));
        assertThat(watched.count() - before).isLessThanOrEqualTo(REPEATS + 1);
        assertThat(watched.reports()).allMatch(Complete.class::isInstance);
      }
    }
  }

  @Test
  void anInterruptEndsItWithinASecondAndLeavesNothingBehind() throws Exception {
    try (SourceWorld world = world()) {
      world.hold(List.of("a"));
      watchAndStop(world); // loads classes and starts what the JDK starts once
      Leftovers before = Leftovers.now();
      assertThat(watchAndStop(world)).isLessThan(SECOND);
      before.awaitSame(SECOND);
    }
  }

  @TestFactory
  Stream<DynamicTest> anInterruptEndsItWithinASecondWhileTheUpstreamFails() throws Exception {
    return forEachFault(fault -> {
      try (SourceWorld world = world()) {
        needs(world, fault.ability());
        world.hold(List.of("a"));
        watchAndStop(world);
        Leftovers before = Leftovers.now();
        world.fail(fault);
        try (WatchedSource watched = watch(world)) {
          watched.awaitUnavailable(0);
          assertThat(watched.stop()).isLessThan(SECOND);
        }
        world.hold(List.of("a"));
        before.awaitSame(SECOND);
      }
    });
  }

  @Test
  void anIndexThatWentBackwardsIsReadAnew() throws Exception {
    try (SourceWorld world = world()) {
      needs(world, Ability.REWIND);
      world.hold(List.of("a"));
      try (WatchedSource watched = watch(world)) {
        watched.awaitMembers(Set.of("a"));
        world.hold(List.of("a", "b"));
        watched.awaitMembers(Set.of("a", "b"));
        world.rewind(List.of("c"));
        watched.awaitMembers(Set.of("c"));
        world.hold(List.of("c", "d"));
        watched.awaitMembers(Set.of("c", "d"));
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
      watched.awaitMembers(Set.of("a"));
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
