package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.Faults;
import dev.weir.testkit.contract.ProxyRig.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * and serves {@link DriverScene#former()}.
 */
public abstract class ProxyDriverContract {

  private ProxyRig rig;
  private DriverBench bench;
  private DriverScene scene;
  private Strikes strikes;

  /** A new rig, nothing started. */
  protected abstract ProxyRig newRig() throws Exception;

  @BeforeEach
  final void startTheProxy() throws Exception {
    rig = newRig();
    Faults faults = new Faults();
    bench = new DriverBench(rig, faults);
    scene = new DriverScene(rig, bench);
    strikes = new Strikes(scene, faults);
    bench.open();
    bench.converge(scene.former());
    rig.start();
    bench.converge(scene.former());
    scene.serves(scene.web(), 0, 1);
  }

  @AfterEach
  final void endEverything() throws Exception {
    bench.close();
    rig.close();
  }

  @Test
  final void whatWasAppliedIsInSyncAfterwards() throws Exception {
    bench.converge(scene.later());
    assertThat(bench.plan(scene.later())).isInstanceOf(Plan.InSync.class);
    scene.serves(scene.web(), 1, 2);
    scene.serves(scene.shop(), 3);
  }

  @Test
  final void appliedNamesItsTarget() throws Exception {
    Plan plan = bench.plan(scene.later());
    assertThat(plan).isNotInstanceOf(Plan.InSync.class);
    assertThat(plan.target()).isEqualTo(scene.later().fingerprint());
    assertThat(plan.changes()).isNotEmpty();
    Outcome outcome = bench.apply(plan);
    Outcome.Way way = plan instanceof Plan.Live ? Outcome.Way.LIVE : Outcome.Way.RELOAD;
    assertThat(outcome).isEqualTo(new Outcome.Applied(scene.later().fingerprint(), way));
  }

  @Test
  final void orderOfPoolsAndMembersDoesNotMatter() throws Exception {
    Observed observed = bench.observe();
    DesiredState turned =
        Wanted.state(
            Wanted.pool(scene.shop()).ready("b3", scene.backend(3)),
            Wanted.pool(scene.web())
                .ready("b2", scene.backend(2))
                .ready("b1", scene.backend(1), 3));
    assertThat(bench.driver().plan(turned, observed))
        .isEqualTo(bench.driver().plan(scene.later(), observed));
  }

  @Test
  final void planningDoesNothing() throws Exception {
    Observed observed = bench.observe();
    Plan before = bench.driver().plan(scene.later(), observed);
    rig.kill();
    strikes.noneIn(
        () -> assertThat(bench.driver().plan(scene.later(), observed)).isEqualTo(before));
  }

  @Test
  final void onlyThePoolsAskedForAreNeeded() throws Exception {
    Observed observed = bench.driver().observe(Set.of(scene.web()));
    Plan plan = bench.driver().plan(scene.later(), observed);
    assertThat(bench.apply(plan)).isInstanceOf(Outcome.Applied.class);
    bench.converge(scene.later());
    scene.serves(scene.web(), 1, 2);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndAnyStepFails() throws Exception {
    return strikes.at(scene.later(), Faults.Kind.FAIL);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndWeirIsKilledAtAnyStep() throws Exception {
    return strikes.at(scene.later(), Faults.Kind.KILL);
  }

  @TestFactory
  final Stream<DynamicTest> membersChangeAndWeirIsInterruptedAtAnyStep() throws Exception {
    return strikes.at(scene.later(), Faults.Kind.INTERRUPT);
  }

  /** Whoever comes is put in before anybody is taken out, so that no step leaves nobody. */
  @TestFactory
  final Stream<DynamicTest> allMembersChangeAndAnyStepFails() throws Exception {
    return strikes.at(scene.swapped(), Faults.Kind.FAIL, 2);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndAnyStepFails() throws Exception {
    return strikes.at(scene.restructured(), Faults.Kind.FAIL);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndWeirIsKilledAtAnyStep() throws Exception {
    return strikes.at(scene.restructured(), Faults.Kind.KILL);
  }

  @TestFactory
  final Stream<DynamicTest> structureChangesAndWeirIsInterruptedAtAnyStep() throws Exception {
    return strikes.at(scene.restructured(), Faults.Kind.INTERRUPT);
  }

  @Test
  final void aReloadThatFailsAfterTheSwitchIsNotForgotten() throws Exception {
    try (ProxyRig.Broken broken = rig.breakReload()) {
      assertThat(broken).isNotNull();
      Plan plan = bench.plan(scene.restructured());
      assertThat(plan).isInstanceOf(Plan.Reload.class);
      assertThat(bench.apply(plan)).isNotInstanceOf(Outcome.Applied.class);
      assertThat(bench.plan(scene.restructured())).isNotInstanceOf(Plan.InSync.class);
      scene.answersWell();
      assertThat(rig.check()).isEmpty();
    }
    bench.converge(scene.restructured());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void refusedTextLeavesTheOldServing() throws Exception {
    bench.settle();
    bench.reopen(rig::openRefused);
    Outcome outcome = bench.apply(bench.plan(scene.later()));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.message()).isNotBlank();
              assertThat(rejected.foreign()).isFalse();
            });
    assertThat(rig.check()).isEmpty();
    scene.serves(scene.web(), 0, 1);
    bench.reopen(rig::open);
    bench.converge(scene.later());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void foreignMistakesAreTakenForForeign() throws Exception {
    String whole = bench.driver().configurationStamp();
    String damaged;
    try (ProxyRig.Broken broken = rig.breakOwnConfiguration()) {
      assertThat(broken).isNotNull();
      damaged = bench.driver().configurationStamp();
      assertThat(damaged).isNotEqualTo(whole);
      assertThat(bench.apply(bench.plan(scene.restructured())))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.foreign()).as(rejected.toString()).isTrue();
                assertThat(rejected.place()).isPresent();
              });
      scene.answersWell();
    }
    assertThat(bench.driver().configurationStamp()).isNotEqualTo(damaged);
    bench.converge(scene.restructured());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void restartedBehindOurBackItServesWhatWasLastApplied() throws Exception {
    bench.converge(scene.later());
    rig.stop();
    rig.start();
    scene.serves(scene.web(), 1, 2);
    bench.converge(scene.later());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void reloadedBehindOurBackItServesWhatWasLastApplied() throws Exception {
    bench.converge(scene.later());
    rig.reload();
    scene.serves(scene.web(), 1, 2);
    bench.converge(scene.later());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void changedBehindOurBackItIsRepaired() throws Exception {
    bench.converge(scene.later());
    rig.changeByHand(scene.web());
    assertThat(bench.plan(scene.later())).isNotInstanceOf(Plan.InSync.class);
    bench.converge(scene.later());
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void aReloadThatIsAskedForBeginsAnewWithTheSameMembers() throws Exception {
    bench.converge(scene.restructured());
    Optional<String> before = bench.driver().process();

    Plan anew = bench.driver().plan(scene.restructured(), bench.observe().notLoaded());
    assertThat(anew).isInstanceOf(Plan.Reload.class);
    assertThat(bench.apply(anew))
        .isEqualTo(new Outcome.Applied(scene.restructured().fingerprint(), Outcome.Way.RELOAD));

    scene.serves(scene.web(), 1, 2);
    assertThat(bench.plan(scene.restructured())).isInstanceOf(Plan.InSync.class);
    before.ifPresent(old -> assertThat(bench.driver().process()).isNotEqualTo(Optional.of(old)));
  }

  @Test
  final void anEarlierRevisionIsBroughtBackAsItWas() throws Exception {
    Revision former = revision(scene.former());
    bench.converge(scene.restructured());

    Plan back = bench.driver().restore(former, bench.observe());
    assertThat(back).isInstanceOf(Plan.Reload.class);
    assertThat(back.changes()).isNotEmpty();
    assertThat(bench.apply(back))
        .isEqualTo(new Outcome.Applied(scene.former().fingerprint(), Outcome.Way.RELOAD));
    scene.serves(scene.web(), 0, 1);
    assertThat(bench.driver().restore(former, bench.observe())).isInstanceOf(Plan.InSync.class);
    rig.stop();
    rig.start();
    scene.serves(scene.web(), 0, 1);
  }

  @Test
  final void anEarlierRevisionThatIsRefusedChangesNothing() throws Exception {
    Revision former = revision(scene.former());
    bench.converge(scene.restructured());
    try (ProxyRig.Broken broken = rig.breakOwnConfiguration()) {
      assertThat(broken).isNotNull();
      assertThat(bench.apply(bench.driver().restore(former, bench.observe())))
          .isInstanceOf(Outcome.Rejected.class);
      scene.serves(scene.web(), 1, 2);
    }
    assertThat(bench.driver().frozen()).isEmpty();
    bench.converge(scene.restructured());
    scene.serves(scene.web(), 1, 2);
  }

  /** What the proxy has now, which follows from this state. */
  private Revision revision(DesiredState desired) throws Exception {
    List<FileContent> files =
        bench.observe().files().stream()
            .flatMap(file -> file.text().map(text -> new FileContent(file.file(), text)).stream())
            .toList();
    return new Revision(
        7,
        new ProxyName("edge"),
        Instant.EPOCH,
        desired,
        Outcome.Way.RELOAD,
        List.of(),
        files,
        Duration.ZERO);
  }

  @Test
  final void everythingKilledAndStartedAloneItServesTheLastGood() throws Exception {
    bench.converge(scene.later());
    rig.kill();
    bench.close();
    rig.start();
    scene.serves(scene.web(), 1, 2);
    scene.serves(scene.shop(), 3);
  }

  @Test
  final void whileItDoesNotRunItsFilesAreMadeReady() throws Exception {
    rig.stop();
    assertThat(bench.observe().condition()).isInstanceOf(Observed.Condition.NotRunning.class);
    Outcome outcome = bench.apply(bench.plan(scene.later()));
    assertThat(outcome)
        .isEqualTo(new Outcome.Applied(scene.later().fingerprint(), Outcome.Way.FILES_ONLY));
    assertThat(bench.plan(scene.later())).isInstanceOf(Plan.InSync.class);
    rig.start();
    scene.serves(scene.web(), 1, 2);
  }

  @Test
  final void aNewDriverFindsEverythingInPlace() throws Exception {
    bench.converge(scene.later());
    bench.reopen(rig::open);
    assertThat(bench.plan(scene.later())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  final void drainingCutsNothingAndTakesNothingNew() throws Exception {
    try (ProxyRig.Held held = rig.hold(scene.web())) {
      int draining = held.by().equals(scene.backend(0)) ? 0 : 1;
      int other = 1 - draining;
      bench.converge(
          Wanted.state(
              Wanted.pool(scene.web())
                  .drain("b" + draining, scene.backend(draining))
                  .ready("b" + other, scene.backend(other)),
              scene.shopPool()));
      scene.serves(scene.web(), other);
      Answer answer = held.finish();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  final void aDisabledMemberIsOutAndComesBack() throws Exception {
    bench.converge(
        Wanted.state(
            Wanted.pool(scene.web()).maint("b0", scene.backend(0)).ready("b1", scene.backend(1)),
            scene.shopPool()));
    scene.serves(scene.web(), 1);
    bench.converge(scene.former());
    scene.serves(scene.web(), 0, 1);
  }

  @TestFactory
  final Stream<DynamicTest> anEmptyPoolDoesWhatWasAskedForAndFillsAgain() {
    return new EmptyPools(scene).all();
  }

  @TestFactory
  final Stream<DynamicTest> hostileLabelsStayWhereTheyBelong() {
    return new HostileMembers(scene).labels();
  }

  @TestFactory
  final Stream<DynamicTest> hostileNamesStayWhereTheyBelong() {
    return new HostileMembers(scene).names();
  }
}
