package dev.weir.source.keyvalue;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.MemoryStore;

final class MemoryStoreSourceContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new StoredMembersWorld(new MemoryStore());
  }
}
