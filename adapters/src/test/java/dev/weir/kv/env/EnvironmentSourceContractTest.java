package dev.weir.kv.env;

import dev.weir.source.keyvalue.StoredMembersWorld;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;

final class EnvironmentSourceContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new StoredMembersWorld(new EnvironmentWorld());
  }
}
