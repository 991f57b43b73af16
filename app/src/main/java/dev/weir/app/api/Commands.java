package dev.weir.app.api;

import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.spi.StoreException;

/** What the API may ask of the keeper. Safe for any thread. */
@FunctionalInterface
public interface Commands {

  /**
   * Carries a command out: durable when it returns.
   *
   * @return the first generation of the inputs that has it
   * @throws Refused when it cannot be carried out; nothing has changed
   * @throws StoreException when it could not be made durable; nothing has changed
   */
  long submit(Command command) throws Refused, StoreException, InterruptedException;
}
