package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EmptyPolicy;
import dev.weir.testkit.contract.ProxyRig.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What clients get from a pool without a ready member, for each policy, and afterwards. */
final class EmptyPools {

  private final DriverScene scene;

  EmptyPools(DriverScene scene) {
    this.scene = scene;
  }

  /** One test for each policy. */
  Stream<DynamicTest> all() {
    return Stream.of(
        DynamicTest.dynamicTest("the usual status", () -> status(EmptyPolicy.DEFAULT, 503)),
        DynamicTest.dynamicTest("another status", () -> status(new EmptyPolicy.Status(410), 410)),
        DynamicTest.dynamicTest("a fallback", this::fallback));
  }

  private void status(EmptyPolicy policy, int status) throws Exception {
    scene.bench().converge(Wanted.state(Wanted.pool(scene.web()).empty(policy), scene.shopPool()));
    assertThat(scene.rig().ask(scene.web(), 3))
        .extracting(Answer::status)
        .containsOnly(scene.rig().emptyAnswer(status));
    scene.serves(scene.shop(), 3);
    scene.bench().converge(scene.former());
    scene.serves(scene.web(), 0, 1);
  }

  private void fallback() throws Exception {
    converge(falling().ready("b0", scene.backend(0)).backup("b1", scene.backend(1)));
    scene.serves(scene.web(), 0);
    converge(falling().maint("b0", scene.backend(0)));
    scene.serves(scene.web(), 4);
    converge(falling());
    scene.serves(scene.web(), 4);
    converge(falling().ready("b0", scene.backend(0)));
    scene.serves(scene.web(), 0);
  }

  private Wanted falling() {
    return Wanted.pool(scene.web()).empty(new EmptyPolicy.Fallback(scene.backend(4)));
  }

  private void converge(Wanted web) throws Exception {
    scene.bench().converge(Wanted.state(web, scene.shopPool()));
  }
}
