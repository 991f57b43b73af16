package dev.weir.testkit.fake;

import dev.weir.testkit.contract.StoreRig;
import dev.weir.testkit.contract.Stores;

/** The fake store on a fake disk. */
final class FakeStoreRig implements StoreRig {

  private final FakeDisk disk = new FakeDisk();

  @Override
  public Stores open() {
    FakeStore store = new FakeStore(disk);
    return new Stores(store, store, store, store, store, store, store, store, store);
  }

  @Override
  public void shut() {}

  @Override
  public void kill() {}

  @Override
  public void damage() {
    disk.damage();
  }

  @Override
  public void fill() {
    disk.fill();
  }

  @Override
  public void free() {
    disk.free();
  }

  @Override
  public void close() {}
}
