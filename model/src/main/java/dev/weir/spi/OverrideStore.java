package dev.weir.spi;

import dev.weir.model.OperatorOverride;
import dev.weir.model.Target;
import java.util.List;

/**
 * Keeps overrides. What was acknowledged survives a kill at any byte; a damaged store is reported
 * and never silently replaced.
 */
public interface OverrideStore {

  /**
   * All that are set, oldest first.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  List<OperatorOverride> load() throws StoreException;

  /**
   * Sets one, in place of any for the same target and slot; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void put(OperatorOverride override) throws StoreException;

  /**
   * Clears one; nothing happens where there is none. Durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void clear(Target target, OperatorOverride.Slot slot) throws StoreException;
}
