package dev.weir.app.config;

import dev.weir.engine.reconcile.Drift;
import dev.weir.engine.reconcile.ReloadLimits;
import dev.weir.spi.BackupPolicy;

/**
 * How a proxy is treated, whatever kind it is of.
 *
 * @param drift what becomes of what somebody else changes there
 * @param reloads how often it may be reloaded
 * @param backups which earlier versions of its files are kept
 */
public record ProxyCare(Drift drift, ReloadLimits reloads, BackupPolicy backups) {}
