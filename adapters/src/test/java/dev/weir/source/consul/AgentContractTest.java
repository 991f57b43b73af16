package dev.weir.source.consul;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;

/** With {@code WEIR_TEST_CONSUL=http://127.0.0.1:8500}: over a real agent. */
final class AgentContractTest extends SourceContract {

  @Override
  protected SourceWorld world() throws IOException {
    return new AgentWorld();
  }
}
