package dev.weir.store.sqlite;

import java.time.Duration;

/** Told of every write to the disk, on the store's own thread; must not block. */
public interface WriteMeter {

  /** Keeps no count. */
  WriteMeter NONE =
      new WriteMeter() {
        @Override
        public void wrote(Duration took) {}

        @Override
        public void failed(Duration took, String why) {}
      };

  /** A write is durable. */
  void wrote(Duration took);

  /**
   * A write was refused and has changed nothing.
   *
   * @param why one line for people: what happened and what to do
   */
  void failed(Duration took, String why);
}
