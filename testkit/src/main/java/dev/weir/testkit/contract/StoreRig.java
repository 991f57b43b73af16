package dev.weir.testkit.contract;

import dev.weir.spi.StoreException;
import java.io.IOException;

/** One store on one disk, which a test can treat badly. Closing removes both. */
public interface StoreRig extends AutoCloseable {

  /**
   * Opens the store; what was open before has been closed or killed.
   *
   * @throws StoreException when what lies on the disk cannot be used
   */
  Stores open() throws StoreException;

  /** Ends the open store in an orderly way. */
  void shut();

  /** Ends the open store as a kill would, with nothing written or tidied any more. */
  void kill() throws Exception;

  /** Harms what lies on the disk. The store is not open. */
  void damage() throws Exception;

  /** Takes all free room on the disk. The store is open. */
  void fill() throws Exception;

  /** Gives the room back. */
  void free() throws Exception;

  @Override
  void close() throws IOException;
}
