package dev.weir.spi;

import dev.weir.model.LastingPool;
import dev.weir.model.SourceName;
import java.util.List;
import java.util.Map;

/** Keeps the pools of each pool set, for a start at which their source is dead. */
public interface PoolSetStore {

  /**
   * The pools of each set as they were last, by the name of the set's source.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  Map<SourceName, List<LastingPool>> loadPools() throws StoreException;

  /** Keeps the pools of a set in place of the former ones. */
  void savePools(SourceName set, List<LastingPool> pools) throws StoreException;

  /** Drops the pools of a set that is configured no more. */
  void dropPools(SourceName set) throws StoreException;
}
