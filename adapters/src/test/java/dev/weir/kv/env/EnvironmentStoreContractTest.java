package dev.weir.kv.env;

import dev.weir.testkit.contract.KeyValueStoreContract;
import dev.weir.testkit.contract.KeyValueWorld;

final class EnvironmentStoreContractTest extends KeyValueStoreContract {

  @Override
  protected KeyValueWorld world() {
    return new EnvironmentWorld();
  }
}
