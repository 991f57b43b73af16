package dev.weir.engine.keeper;

import dev.weir.engine.health.Probing;
import dev.weir.engine.run.Runner;
import dev.weir.model.Event;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.Time;
import java.util.function.Consumer;

/**
 * What the keeper works with.
 *
 * @param probing told who is to be probed; reports to the mailbox
 * @param events told of everything that happens; never blocks
 * @param runner for what goes on beside the keeper: lookups of host names, writing reports to disk
 */
public record Seams(
    Mailbox mailbox,
    Time time,
    Probing probing,
    Consumer<Event> events,
    Stores stores,
    HostLookup lookup,
    Runner runner) {

  /** What survives a restart. */
  public record Stores(OverrideStore overrides, CatalogStore catalog) {}
}
