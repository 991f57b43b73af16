package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.testkit.contract.ProxyRig.Answer;
import java.util.Arrays;
import java.util.List;

/**
 * The states that a driver is led through in its contract, and what clients of the proxy see of
 * them.
 */
final class DriverScene {

  private static final int ENOUGH = 24;

  private final ProxyRig rig;
  private final DriverBench bench;

  DriverScene(ProxyRig rig, DriverBench bench) {
    this.rig = rig;
    this.bench = bench;
  }

  ProxyRig rig() {
    return rig;
  }

  DriverBench bench() {
    return bench;
  }

  /** The first pool of the rig. */
  PoolId web() {
    return rig.pools().get(0);
  }

  /** The second pool of the rig. */
  PoolId shop() {
    return rig.pools().get(1);
  }

  Endpoint backend(int number) {
    return rig.backend(number);
  }

  /** Two members in the first pool, one in the second. */
  DesiredState former() {
    return Wanted.state(
        Wanted.pool(web()).ready("b0", backend(0)).ready("b1", backend(1)), shopPool());
  }

  /** One member left, one came, one has another weight. */
  DesiredState later() {
    return Wanted.state(
        Wanted.pool(web()).ready("b1", backend(1), 3).ready("b2", backend(2)), shopPool());
  }

  /** All left, and others came. */
  DesiredState swapped() {
    return Wanted.state(Wanted.pool(web()).ready("b2", backend(2)), shopPool());
  }

  /** The members of {@link #later()} with what no proxy takes without a reload. */
  DesiredState restructured() {
    return Wanted.state(
        Wanted.pool(web())
            .ready("b1", backend(1), 3)
            .ready("b2", backend(2))
            .empty(new EmptyPolicy.Status(410)),
        shopPool());
  }

  /** The second pool, which never changes. */
  Wanted shopPool() {
    return Wanted.pool(shop()).ready("b3", backend(3));
  }

  /** Exactly these backends answer, all of them, and every request is answered. */
  void serves(PoolId pool, int... backends) throws Exception {
    List<Answer> answers = rig.ask(pool, ENOUGH);
    assertThat(answers)
        .as("answers of %s", pool)
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(DriverBench.backends(answers))
        .as("backends that answer for %s", pool)
        .containsExactlyInAnyOrder(
            Arrays.stream(backends).mapToObj(this::backend).toArray(Endpoint[]::new));
  }

  /** Every request is answered by one of the backends of before or after. */
  void answersWell() throws Exception {
    List<Answer> answers = rig.ask(web(), ENOUGH);
    assertThat(answers)
        .as("answers of %s", web())
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.by()).isPresent();
        });
    assertThat(DriverBench.backends(answers)).isSubsetOf(backend(0), backend(1), backend(2));
    serves(shop(), 3);
  }
}
