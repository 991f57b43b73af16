package dev.weir.engine.reconcile;

import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import java.util.List;

/**
 * A proxy as its reconciler is told of it. Ledger and meters outlive the reconciler when the proxy
 * is configured anew.
 *
 * @param kind as people see it, {@code nginx}
 * @param pools all that it carries
 * @param reloads how often it may be reloaded
 * @param drift what is done about what somebody else changes
 */
public record Proxy(
    ProxyName name,
    String kind,
    List<PoolId> pools,
    Mode mode,
    ReloadLimits reloads,
    Drift drift,
    Ledger ledger,
    ReconcileMeters meters) {
  public Proxy {
    pools = List.copyOf(pools);
  }

  /** The same with other pools. */
  public Proxy carrying(List<PoolId> others) {
    return new Proxy(name, kind, others, mode, reloads, drift, ledger, meters);
  }

  /** A proxy that is new to this run of Weir, and always put right. */
  public static Proxy of(ProxyName name, String kind, List<PoolId> pools, Mode mode) {
    return new Proxy(
        name,
        kind,
        pools,
        mode,
        ReloadLimits.DEFAULT,
        Drift.REPAIR,
        Ledger.inMemory(),
        new ReconcileMeters());
  }
}
