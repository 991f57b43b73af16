package dev.weir.source.serf;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;

final class SerfContractTest extends SourceContract {

  @Override
  protected SourceWorld world() throws IOException {
    return new SerfWorld();
  }
}
