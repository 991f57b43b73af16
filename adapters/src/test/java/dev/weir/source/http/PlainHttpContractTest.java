package dev.weir.source.http;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;

final class PlainHttpContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new HttpWorld(HttpWorld.Serving.PLAIN);
  }
}
