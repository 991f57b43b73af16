package dev.weir.testkit.contract;

import dev.weir.spi.CatalogStore;
import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.EventStore;
import dev.weir.spi.JobStore;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.PauseStore;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.TokenStore;

/** The sides of one store that was opened. */
public record Stores(
    OverrideStore overrides,
    CatalogStore catalog,
    EventStore events,
    ConfigurationStore configuration,
    PauseStore pauses,
    RevisionStore revisions,
    TokenStore tokens,
    PoolSetStore poolSets,
    JobStore jobs) {}
