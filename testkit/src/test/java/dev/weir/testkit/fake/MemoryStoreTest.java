package dev.weir.testkit.fake;

import dev.weir.testkit.contract.KeyValueStoreContract;
import dev.weir.testkit.contract.KeyValueWorld;

/** The reference implementation keeps the contract that it is the reference of. */
final class MemoryStoreTest extends KeyValueStoreContract {

  @Override
  protected KeyValueWorld world() {
    return new MemoryStore();
  }
}
