package dev.weir.model;

import java.util.Locale;

/** What the members of a pool speak, as far as a proxy has to know. */
public enum PoolKind {
  /** HTTP: a proxy looks into requests, and an empty pool answers a status. */
  HTTP,
  /** Connections whose bytes are passed on; those to an empty pool are closed. */
  TCP,
  /** Datagrams; those to an empty pool are dropped. */
  UDP;

  /** As it is written in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
