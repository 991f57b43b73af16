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
   * Sets and clears several, in this order, all or none; durable on return.
   *
   * @throws StoreException when they could not be made durable; then nothing has changed
   */
  void change(List<Change> changes) throws StoreException;

  /**
   * Sets one, in place of any for the same target and slot; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  default void put(OperatorOverride override) throws StoreException {
    change(List.of(new Change.Set(override)));
  }

  /**
   * Clears one; nothing happens where there is none. Durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  default void clear(Target target, OperatorOverride.Slot slot) throws StoreException {
    change(List.of(new Change.Clear(target, slot)));
  }

  /** What becomes of one override. */
  sealed interface Change {

    /** It is set, in place of any for the same target and slot. */
    record Set(OperatorOverride override) implements Change {}

    /** The one of this target and slot is cleared, if there is one. */
    record Clear(Target target, OperatorOverride.Slot slot) implements Change {}
  }
}
