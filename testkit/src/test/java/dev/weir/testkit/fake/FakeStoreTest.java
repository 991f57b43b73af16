package dev.weir.testkit.fake;

import dev.weir.testkit.contract.CatalogStoreContract;
import dev.weir.testkit.contract.ConfigurationStoreContract;
import dev.weir.testkit.contract.EventStoreContract;
import dev.weir.testkit.contract.JobStoreContract;
import dev.weir.testkit.contract.OverrideStoreContract;
import dev.weir.testkit.contract.PauseStoreContract;
import dev.weir.testkit.contract.PoolSetStoreContract;
import dev.weir.testkit.contract.RevisionStoreContract;
import dev.weir.testkit.contract.StoreRig;
import dev.weir.testkit.contract.TokenStoreContract;
import org.junit.jupiter.api.Nested;

final class FakeStoreTest {

  @Nested
  final class Overrides extends OverrideStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Catalog extends CatalogStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Events extends EventStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Configuration extends ConfigurationStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Pauses extends PauseStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class PoolSets extends PoolSetStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Revisions extends RevisionStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Jobs extends JobStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }

  @Nested
  final class Tokens extends TokenStoreContract {
    @Override
    protected StoreRig openRig() {
      return new FakeStoreRig();
    }
  }
}
