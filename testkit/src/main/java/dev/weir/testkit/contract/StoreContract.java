package dev.weir.testkit.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store for each test, which a test opens, kills and opens again. */
abstract class StoreContract {

  private StoreRig rig;
  private Stores stores;

  /** A new, empty store, not yet open. */
  protected abstract StoreRig openRig() throws Exception;

  @BeforeEach
  final void start() throws Exception {
    rig = openRig();
    stores = rig.open();
  }

  @AfterEach
  final void stop() throws Exception {
    rig.shut();
    rig.close();
  }

  final StoreRig rig() {
    return rig;
  }

  /** The store as it is open now. */
  final Stores stores() {
    return stores;
  }

  final Stores reopened() throws Exception {
    rig.shut();
    stores = rig.open();
    return stores;
  }

  final Stores killedAndReopened() throws Exception {
    rig.kill();
    stores = rig.open();
    return stores;
  }
}
