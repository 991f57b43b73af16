package dev.weir.spi;

import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import java.util.Map;

/** Keeps the last good report of each source, for a start at which every source is dead. */
public interface CatalogStore {

  /**
   * The last good report of each source, marked as from disk.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  Map<SourceName, SourceState.LastGood> loadReports() throws StoreException;

  /** Keeps a report in place of the source's former one. */
  void saveReport(SourceName source, SourceState.LastGood report) throws StoreException;

  /** Drops the report of a source that is configured no more. */
  void dropReport(SourceName source) throws StoreException;

  /**
   * Takes numbers for generations: the first of {@code count} that were never given out before, in
   * this run or any former one. Durable on return.
   */
  long reserveGenerations(int count) throws StoreException;
}
