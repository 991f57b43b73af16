package dev.weir.source.keyvalue;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.MemoryStore;

final class MemoryStorePoolsContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return StoredMembersWorld.ofPools(new MemoryStore());
  }
}
