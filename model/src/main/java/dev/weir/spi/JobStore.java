package dev.weir.spi;

import dev.weir.model.Job;
import java.util.List;

/** Keeps jobs; what was acknowledged survives a kill. */
public interface JobStore {

  /**
   * All of them, in the order in which they were first kept.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  List<Job> loadJobs() throws StoreException;

  /**
   * Keeps some, each in place of any of the same id, and drops others, all or none; durable on
   * return.
   *
   * @param dropped ids; nothing happens where there is none
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void changeJobs(List<Job> kept, List<String> dropped) throws StoreException;
}
