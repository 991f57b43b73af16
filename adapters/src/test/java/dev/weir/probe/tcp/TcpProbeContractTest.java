package dev.weir.probe.tcp;

import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Behaviour;
import dev.weir.testkit.contract.ProbeContract;
import dev.weir.testkit.contract.ProbeTargets;
import dev.weir.testkit.real.RawTargets;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class TcpProbeContractTest {

  @Nested
  final class OnPorts extends ProbeContract {
    @Override
    protected ProbeTargets openTargets() {
      return RawTargets.onPorts();
    }

    @Override
    protected Probe probe(ProbeTargets network) {
      return new TcpProbe(TcpOptions.DEFAULT, Time.SYSTEM);
    }

    @Override
    protected Set<Behaviour> noticed() {
      return EnumSet.of(Behaviour.ANSWERS, Behaviour.REFUSES, Behaviour.NOT_ACCEPTING);
    }
  }

  @Nested
  final class OnUnixSockets extends ProbeContract {
    @TempDir(factory = ShortTempDir.class)
    Path folder;

    @Override
    protected ProbeTargets openTargets() {
      return RawTargets.onSockets(folder);
    }

    @Override
    protected Probe probe(ProbeTargets network) {
      return new TcpProbe(TcpOptions.DEFAULT, Time.SYSTEM);
    }

    @Override
    protected Set<Behaviour> noticed() {
      return EnumSet.of(Behaviour.ANSWERS, Behaviour.REFUSES);
    }
  }
}
