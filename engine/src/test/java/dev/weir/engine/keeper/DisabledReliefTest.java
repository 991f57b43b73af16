package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.OperatorOverride;
import dev.weir.model.Presence;
import dev.weir.model.Target;
import org.junit.jupiter.api.Test;

/**
 * The simulation's seed 248: an operator had disabled a member before any source named it. When it
 * came, in the report in which most others were missing, nobody knew it yet, so it was not seen to
 * be disabled, counted as relief, and the floor gave way.
 */
class DisabledReliefTest {
  private final KeeperRig rig = new KeeperRig();

  @Test
  void whoComesDisabledRelievesNobody() throws Exception {
    rig.start(pool(WEB, policy -> policy.withFloor(2), "file"));
    rig.reports(WEB, 1, 2, 3, 4).step();
    rig.keeper().enqueue(rig.set(new Target.One(id(WEB, 5)), new OperatorOverride.Disable()));
    rig.step();
    rig.reports(WEB, 4, 5).step();
    assertThat(rig.inputs(WEB).pool().find(id(WEB, 1)).orElseThrow().presence())
        .isInstanceOf(Presence.Held.class);
  }
}
