package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.Faults;
import dev.weir.testkit.contract.ProxyRig.Answer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link ProxyDriver} keeps, as tests. A driver's own test extends it and says what the
 * proxy is ({@link ProxyRig}); the reference fake and the real servers pass the same.
 *
 * <p>Before each test the proxy was started from files that the driver wrote while it did not run,
 * and serves {@link #former()}.
 */
public abstract class ProxyDriverContract {

  private static final int ENOUGH = 24;

  private final Faults faults = new Faults();
  private ProxyRig rig;
  private DriverBench bench;

  /** A new rig, nothing started. */
  protected abstract ProxyRig newRig() throws Exception;

  /** The rig of the running test. */
  protected final ProxyRig rig() {
    return rig;
  }

  /** The driver of the running test and what can be done with it. */
  protected final DriverBench bench() {
    return bench;
  }

  @BeforeEach
  final void startTheProxy() throws Exception {
    rig = newRig();
    bench = new DriverBench(rig, faults);
    bench.open();
    bench.converge(former());
    rig.start();
    bench.converge(former());
    serves(web(), 0, 1);
  }

  @AfterEach
  final void endEverything() throws Exception {
    bench.close();
    rig.close();
  }

  @Test
  final void whatWasAppliedIsInSyncAfterwards() throws Exception {
    bench.converge(later());
    assertThat(bench.plan(later())).isInstanceOf(Plan.InSync.class);
    serves(web(), 1, 2);
    serves(shop(), 3);
  }

  @Test
  final void appliedNamesItsTarget() throws Exception {
    Plan plan = bench.plan(later());
    assertThat(plan).isNotInstanceOf(Plan.InSync.class);
    assertThat(plan.target()).isEqualTo(later().fingerprint());
    assertThat(plan.changes()).isNotEmpty();
    Outcome outcome = bench.apply(plan);
    Outcome.Way way = plan instanceof Plan.Live ? Outcome.Way.LIVE : Outcome.Way.RELOAD;
    assertThat(outcome).isEqualTo(new Outcome.Applied(later().fingerprint(), way));
  }

  @Test
  final void orderOfPoolsAndMembersDoesNotMatter() throws Exception {
    Observed observed = bench.observe();
    DesiredState turned =
        Wanted.state(
            Wanted.pool(shop()).ready("b3", backend(3)),
            Wanted.pool(web()).ready("b2", backend(2)).ready("b1", backend(1), 3));
    assertThat(bench.driver().plan(turned, observed))
        .isEqualTo(bench.driver().plan(later(), observed));
  }

  @Test
  final void planningDoesNothing() throws Exception {
    Observed observed = bench.observe();
    Plan before = bench.driver().plan(later(), observed);
    rig.kill();
    faults.arm(Faults.Kind.FAIL, 1);
    assertThat(bench.driver().plan(later(), observed)).isEqualTo(before);
    assertThat(faults.steps()).isEmpty();
    faults.calm();
  }

  @Test
  final void onlyThePoolsAskedForAreNeeded() throws Exception {
    Observed observed = bench.driver().observe(Set.of(web()));
    Plan plan = bench.driver().plan(later(), observed);
    assertThat(bench.apply(plan)).isInstanceOf(Outcome.Applied.class);
    bench.converge(later());
    serves(web(), 1, 2);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndAnyStepFails() throws Exception {
    return strikes(later(), Faults.Kind.FAIL);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndWeirIsKilledAtAnyStep() throws Exception {
    return strikes(later(), Faults.Kind.KILL);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndWeirIsInterruptedAtAnyStep() throws Exception {
    return strikes(later(), Faults.Kind.INTERRUPT);
  }

  /** Whoever comes is put in before anybody is taken out, so that no step leaves nobody. */
  @TestFactory
  final Stream<DynamicTest> allMembersChangeAndAnyStepFails() throws Exception {
    return strikes(swapped(), Faults.Kind.FAIL, 2);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndAnyStepFails() throws Exception {
    return strikes(restructured(), Faults.Kind.FAIL);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndWeirIsKilledAtAnyStep() throws Exception {
    return strikes(restructured(), Faults.Kind.KILL);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndWeirIsInterruptedAtAnyStep() throws Exception {
    return strikes(restructured(), Faults.Kind.INTERRUPT);
  }

  @Test
  final void aReloadThatFailsAfterTheSwitchIsNotForgotten() throws Exception {
    try (ProxyRig.Broken broken = rig.breakReload()) {
      assertThat(broken).isNotNull();
      Plan plan = bench.plan(restructured());
      assertThat(plan).isInstanceOf(Plan.Reload.class);
      assertThat(bench.apply(plan)).isNotInstanceOf(Outcome.Applied.class);
      assertThat(bench.plan(restructured())).isNotInstanceOf(Plan.InSync.class);
      answersWell();
      assertThat(rig.check()).isEmpty();
    }
    bench.converge(restructured());
    serves(web(), 1, 2);
  }

  @Test
  final void refusedTextLeavesTheOldServing() throws Exception {
    bench.settle();
    bench.reopen(rig::openRefused);
    Outcome outcome = bench.apply(bench.plan(later()));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.message()).isNotBlank();
              assertThat(rejected.foreign()).isFalse();
            });
    assertThat(rig.check()).isEmpty();
    serves(web(), 0, 1);
    bench.reopen(rig::open);
    bench.converge(later());
    serves(web(), 1, 2);
  }

  @Test
  final void foreignMistakesAreTakenForForeign() throws Exception {
    String whole = bench.driver().configurationStamp();
    String damaged;
    try (ProxyRig.Broken broken = rig.breakOwnConfiguration()) {
      assertThat(broken).isNotNull();
      damaged = bench.driver().configurationStamp();
      assertThat(damaged).isNotEqualTo(whole);
      assertThat(bench.apply(bench.plan(restructured())))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.foreign()).as(rejected.toString()).isTrue();
                assertThat(rejected.place()).isPresent();
              });
      answersWell();
    }
    assertThat(bench.driver().configurationStamp()).isNotEqualTo(damaged);
    bench.converge(restructured());
    serves(web(), 1, 2);
  }

  @Test
  final void restartedBehindOurBackItServesWhatWasLastApplied() throws Exception {
    bench.converge(later());
    rig.stop();
    rig.start();
    serves(web(), 1, 2);
    bench.converge(later());
    serves(web(), 1, 2);
  }

  @Test
  final void reloadedBehindOurBackItServesWhatWasLastApplied() throws Exception {
    bench.converge(later());
    rig.reload();
    serves(web(), 1, 2);
    bench.converge(later());
    serves(web(), 1, 2);
  }

  @Test
  final void changedBehindOurBackItIsRepaired() throws Exception {
    bench.converge(later());
    rig.changeByHand(web());
    assertThat(bench.plan(later())).isNotInstanceOf(Plan.InSync.class);
    bench.converge(later());
    serves(web(), 1, 2);
  }

  @Test
  final void everythingKilledAndStartedAloneItServesTheLastGood() throws Exception {
    bench.converge(later());
    rig.kill();
    bench.close();
    rig.start();
    serves(web(), 1, 2);
    serves(shop(), 3);
  }

  @Test
  final void whileItDoesNotRunItsFilesAreMadeReady() throws Exception {
    rig.stop();
    assertThat(bench.observe().condition()).isInstanceOf(Observed.Condition.NotRunning.class);
    Outcome outcome = bench.apply(bench.plan(later()));
    assertThat(outcome)
        .isEqualTo(new Outcome.Applied(later().fingerprint(), Outcome.Way.FILES_ONLY));
    assertThat(bench.plan(later())).isInstanceOf(Plan.InSync.class);
    rig.start();
    serves(web(), 1, 2);
  }

  @Test
  final void aNewDriverFindsEverythingInPlace() throws Exception {
    bench.converge(later());
    bench.reopen(rig::open);
    assertThat(bench.plan(later())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  final void drainingCutsNothingAndTakesNothingNew() throws Exception {
    try (ProxyRig.Held held = rig.hold(web())) {
      int draining = held.by().equals(backend(0)) ? 0 : 1;
      int other = 1 - draining;
      bench.converge(
          Wanted.state(
              Wanted.pool(web())
                  .drain("b" + draining, backend(draining))
                  .ready("b" + other, backend(other)),
              shopPool()));
      serves(web(), other);
      Answer answer = held.finish();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  final void aDisabledMemberIsOutAndComesBack() throws Exception {
    bench.converge(
        Wanted.state(
            Wanted.pool(web()).maint("b0", backend(0)).ready("b1", backend(1)), shopPool()));
    serves(web(), 1);
    bench.converge(former());
    serves(web(), 0, 1);
  }

  @Test
  final void anEmptyPoolAnswersWithTheStatusAndFillsAgain() throws Exception {
    bench.converge(Wanted.state(Wanted.pool(web()), shopPool()));
    assertThat(rig.ask(web(), 3)).extracting(Answer::status).containsOnly(503);
    serves(shop(), 3);
    bench.converge(former());
    serves(web(), 0, 1);
  }

  @Test
  final void anEmptyPoolAnswersWithAnyStatusThatWasAskedFor() throws Exception {
    bench.converge(Wanted.state(Wanted.pool(web()).empty(new EmptyPolicy.Status(410)), shopPool()));
    assertThat(rig.ask(web(), 3)).extracting(Answer::status).containsOnly(410);
    bench.converge(former());
    serves(web(), 0, 1);
  }

  @Test
  final void anEmptyPoolFallsBackAndFillsAgain() throws Exception {
    EmptyPolicy fallback = new EmptyPolicy.Fallback(backend(4));
    bench.converge(
        Wanted.state(
            Wanted.pool(web()).empty(fallback).ready("b0", backend(0)).backup("b1", backend(1)),
            shopPool()));
    serves(web(), 0);
    bench.converge(
        Wanted.state(Wanted.pool(web()).empty(fallback).maint("b0", backend(0)), shopPool()));
    serves(web(), 4);
    bench.converge(Wanted.state(Wanted.pool(web()).empty(fallback), shopPool()));
    serves(web(), 4);
    bench.converge(
        Wanted.state(Wanted.pool(web()).empty(fallback).ready("b0", backend(0)), shopPool()));
    serves(web(), 0);
  }

  @TestFactory
  final Stream<DynamicTest> hostileLabelsStayWhereTheyBelong() {
    return HostileText.SAMPLES.stream()
        .map(text ->
            DynamicTest.dynamicTest(
                HostileText.title(text), () -> hostile("b2", new TreeMap<>(zone(text)))));
  }

  @TestFactory
  final Stream<DynamicTest> hostileNamesStayWhereTheyBelong() {
    return HostileText.SAMPLES.stream()
        .map(text ->
            DynamicTest.dynamicTest(HostileText.title(text), () -> hostile(text, new TreeMap<>())));
  }

  private void hostile(String name, SortedMap<String, String> labels) throws Exception {
    bench.converge(former());
    DesiredState desired =
        Wanted.state(
            Wanted.pool(web()).ready("b1", backend(1)).labelled(name, backend(2), labels),
            shopPool());
    bench.converge(desired);
    serves(web(), 1, 2);
    serves(shop(), 3);
    bench.settle();
    assertThat(rig.check()).isEmpty();
  }

  private static SortedMap<String, String> zone(String text) {
    return new TreeMap<>(Collections.singletonMap("zone", text));
  }

  /** Strikes at every step of an apply that leads from {@link #former()} to the goal. */
  private Stream<DynamicTest> strikes(DesiredState goal, Faults.Kind kind) throws Exception {
    return strikes(goal, kind, 1, 2);
  }

  /** Strikes before each effect on the way to a goal, with which these backends serve the web. */
  private Stream<DynamicTest> strikes(DesiredState goal, Faults.Kind kind, int... serving)
      throws Exception {
    faults.calm();
    assertThat(bench.apply(bench.plan(goal))).isInstanceOf(Outcome.Applied.class);
    bench.settle();
    List<String> steps = faults.steps();
    assertThat(steps).isNotEmpty();
    return Stream.iterate(1, n -> n <= steps.size(), n -> n + 1)
        .map(n ->
            DynamicTest.dynamicTest(
                kind + " before " + n + ": " + steps.get(n - 1),
                () -> strike(goal, kind, n, serving)));
  }

  private void strike(DesiredState goal, Faults.Kind kind, int n, int... serving) throws Exception {
    faults.calm();
    bench.converge(former());
    serves(web(), 0, 1);
    Plan plan = bench.plan(goal);
    faults.arm(kind, n);
    bench.applyWhileStruck(plan);
    faults.calm();
    answersWell();
    assertThat(rig.check()).as("the proxy's own check").isEmpty();
    if (kind == Faults.Kind.KILL) {
      bench.close();
      rig.kill();
      rig.start();
      answersWell();
      bench.open();
    }
    bench.converge(goal);
    assertThat(bench.plan(goal)).isInstanceOf(Plan.InSync.class);
    serves(web(), serving);
    serves(shop(), 3);
  }

  /** Every request is answered by one of the backends of before or after. */
  private void answersWell() throws Exception {
    assertThat(rig.ask(web(), ENOUGH))
        .as("answers of %s", web())
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.by()).isPresent();
        });
    assertThat(DriverBench.backends(rig.ask(web(), ENOUGH)))
        .isSubsetOf(backend(0), backend(1), backend(2));
    serves(shop(), 3);
  }

  /** Exactly these backends answer, all of them, and every request is answered. */
  protected final void serves(PoolId pool, int... backends) throws Exception {
    List<Answer> answers = rig.ask(pool, ENOUGH);
    assertThat(answers)
        .as("answers of %s", pool)
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(DriverBench.backends(answers))
        .as("backends that answer for %s", pool)
        .containsExactlyInAnyOrder(
            Arrays.stream(backends).mapToObj(this::backend).toArray(Endpoint[]::new));
  }

  /** The first pool of the rig. */
  protected final PoolId web() {
    return rig.pools().get(0);
  }

  /** The second pool of the rig. */
  protected final PoolId shop() {
    return rig.pools().get(1);
  }

  protected final Endpoint backend(int number) {
    return rig.backend(number);
  }

  /** Two members in the first pool, one in the second. */
  protected final DesiredState former() {
    return Wanted.state(
        Wanted.pool(web()).ready("b0", backend(0)).ready("b1", backend(1)), shopPool());
  }

  /** One member left, one came, one has another weight. */
  protected final DesiredState later() {
    return Wanted.state(
        Wanted.pool(web()).ready("b1", backend(1), 3).ready("b2", backend(2)), shopPool());
  }

  /** All left, and others came. */
  private DesiredState swapped() {
    return Wanted.state(Wanted.pool(web()).ready("b2", backend(2)), shopPool());
  }

  /** The members of {@link #later()} with what no proxy takes without a reload. */
  protected final DesiredState restructured() {
    return Wanted.state(
        Wanted.pool(web())
            .ready("b1", backend(1), 3)
            .ready("b2", backend(2))
            .empty(new EmptyPolicy.Status(410)),
        shopPool());
  }

  private Wanted shopPool() {
    return Wanted.pool(shop()).ready("b3", backend(3));
  }
}
