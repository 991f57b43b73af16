package dev.weir.engine.keeper;

import dev.weir.model.Author;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.Target;
import java.util.List;
import java.util.Optional;

/** What a person or a program tells the {@link Keeper} to do. */
public sealed interface Command {

  /**
   * Sets an override, in place of any of the same target and slot.
   *
   * @param requestId of the request it came with
   */
  record SetOverride(OperatorOverride override, Optional<String> requestId)
      implements OverrideCommand {

    /** One that did not come with a request. */
    public SetOverride(OperatorOverride override) {
      this(override, Optional.empty());
    }
  }

  /** Clears an override; nothing happens where there is none. */
  record ClearOverride(Target target, OperatorOverride.Slot slot, Author by)
      implements OverrideCommand {}

  /** A command about one override. */
  sealed interface OverrideCommand extends Command {}

  /** Sets and clears several overrides, all or none. */
  record Together(List<OverrideCommand> parts) implements Command {
    public Together {
      parts = List.copyOf(parts);
    }
  }

  /** Accepts what the guard holds back in a pool; nothing happens where it holds nobody. */
  record Release(PoolId pool, Author by) implements Command {}

  /** Says that what the guard holds in a pool shall stay, however long its source is silent. */
  record Deny(PoolId pool, Author by) implements Command {}

  /**
   * Takes new definitions of all pools. State, checks and last good reports of pools and sources
   * that stay are kept.
   */
  record Reconfigure(List<PoolDefinition> pools) implements Command {
    public Reconfigure {
      pools = List.copyOf(pools);
    }
  }
}
