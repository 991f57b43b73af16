package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.testkit.Faults;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A fault before each step of an apply in turn: whatever was struck, clients are served, the
 * proxy's own check passes, and the next rounds converge.
 */
final class Strikes {

  private final DriverScene scene;
  private final Faults faults;

  Strikes(DriverScene scene, Faults faults) {
    this.scene = scene;
    this.faults = faults;
  }

  /** Something that has no effect on the world. */
  @FunctionalInterface
  interface Effectless {
    void run() throws Exception;
  }

  /** Makes sure that not one effect is announced. */
  void noneIn(Effectless work) throws Exception {
    faults.arm(Faults.Kind.FAIL, 1);
    work.run();
    assertThat(faults.steps()).isEmpty();
    faults.calm();
  }

  /** On the way from the former state to one with which backends 1 and 2 serve the web. */
  Stream<DynamicTest> at(DesiredState goal, Faults.Kind kind) throws Exception {
    return at(goal, kind, 1, 2);
  }

  /** On the way to a goal with which these backends serve the web. */
  Stream<DynamicTest> at(DesiredState goal, Faults.Kind kind, int... serving) throws Exception {
    faults.calm();
    assertThat(scene.bench().apply(scene.bench().plan(goal))).isInstanceOf(Outcome.Applied.class);
    scene.bench().settle();
    List<String> steps = faults.steps();
    assertThat(steps).isNotEmpty();
    return Stream.iterate(1, n -> n <= steps.size(), n -> n + 1)
        .map(n ->
            DynamicTest.dynamicTest(
                kind + " before " + n + ": " + steps.get(n - 1),
                () -> strike(goal, kind, n, serving)));
  }

  private void strike(DesiredState goal, Faults.Kind kind, int n, int... serving) throws Exception {
    DriverBench bench = scene.bench();
    faults.calm();
    bench.converge(scene.former());
    scene.serves(scene.web(), 0, 1);
    Plan plan = bench.plan(goal);
    faults.arm(kind, n);
    bench.applyWhileStruck(plan);
    faults.calm();
    scene.answersWell();
    assertThat(scene.rig().check()).as("the proxy's own check").isEmpty();
    if (kind == Faults.Kind.KILL) {
      bench.close();
      scene.rig().kill();
      scene.rig().start();
      scene.answersWell();
      bench.open();
    }
    bench.converge(goal);
    assertThat(bench.plan(goal)).isInstanceOf(Plan.InSync.class);
    scene.serves(scene.web(), serving);
    scene.serves(scene.shop(), 3);
  }
}
