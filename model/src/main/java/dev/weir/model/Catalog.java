package dev.weir.model;

import java.util.Map;

/** What exists now, as the sources tell it. */
public record Catalog(Map<PoolId, CatalogPool> pools, Map<SourceName, SourceState> sources) {

  public static final Catalog EMPTY = new Catalog(Map.of(), Map.of());

  public Catalog {
    pools = Map.copyOf(pools);
    sources = Map.copyOf(sources);
  }
}
