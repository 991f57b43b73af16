package dev.weir.source.http;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;

final class HeldHttpContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new HttpWorld(HttpWorld.Serving.HELD);
  }
}
