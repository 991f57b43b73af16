package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Members whose names and labels try to break out of where a driver writes them. */
final class HostileMembers {

  private final DriverScene scene;

  HostileMembers(DriverScene scene) {
    this.scene = scene;
  }

  /** One test for each text as a label. */
  Stream<DynamicTest> labels() {
    return HostileText.SAMPLES.stream()
        .map(text ->
            DynamicTest.dynamicTest(HostileText.title(text), () -> carried("b2", zone(text))));
  }

  /** One test for each text as a name. */
  Stream<DynamicTest> names() {
    return HostileText.SAMPLES.stream()
        .map(text ->
            DynamicTest.dynamicTest(HostileText.title(text), () -> carried(text, new TreeMap<>())));
  }

  private void carried(String name, SortedMap<String, String> labels) throws Exception {
    DriverBench bench = scene.bench();
    bench.converge(scene.former());
    DesiredState desired =
        Wanted.state(
            Wanted.pool(scene.web())
                .ready("b1", scene.backend(1))
                .labelled(name, scene.backend(2), labels),
            scene.shopPool());
    bench.converge(desired);
    scene.serves(scene.web(), 1, 2);
    scene.serves(scene.shop(), 3);
    bench.settle();
    assertThat(scene.rig().check()).isEmpty();
  }

  private static SortedMap<String, String> zone(String text) {
    return new TreeMap<>(Collections.singletonMap("zone", text));
  }
}
