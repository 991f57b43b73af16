package dev.weir.testkit.fake;

import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Behaviour;
import dev.weir.testkit.contract.ProbeContract;
import dev.weir.testkit.contract.ProbeTargets;
import java.util.EnumSet;
import java.util.Set;

final class FakeProbeTest extends ProbeContract {

  @Override
  protected ProbeTargets openTargets() {
    return new FakeTargets();
  }

  @Override
  protected Probe probe(ProbeTargets network) {
    return new FakeProbe((FakeTargets) network, Time.SYSTEM);
  }

  @Override
  protected Set<Behaviour> noticed() {
    return EnumSet.allOf(Behaviour.class);
  }
}
