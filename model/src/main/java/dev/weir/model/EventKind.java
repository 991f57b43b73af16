package dev.weir.model;

import java.util.Locale;

/** The kinds of events, as they are journalled; {@link #wire} is the name that people see. */
public enum EventKind {
  MEMBER_JOINED,
  MEMBER_LEFT,
  MEMBER_UP,
  MEMBER_DOWN,
  MEMBER_DRAINING,
  MEMBER_DRAINED,
  DRAIN_TIMED_OUT,
  MEMBER_HELD,
  MEMBER_KEPT,
  /** Two sources differ on its weight. */
  MEMBER_DIFFERS,
  POOL_ADDED,
  POOL_GONE,
  POOL_EMPTY,
  POOL_FILLED,
  /** A proxy refuses it: there it stays as it was. */
  POOL_FROZEN,
  POOL_THAWED,
  OVERRIDE_SET,
  OVERRIDE_CLEARED,
  /** It ends by itself soon. */
  OVERRIDE_EXPIRING,
  OVERRIDE_EXPIRED,
  GUARD_HELD,
  GUARD_RELEASED,
  SOURCE_LOST,
  SOURCE_BACK,
  SOURCE_STALE,
  APPLY_DONE,
  APPLY_FAILED,
  APPLY_REJECTED,
  RELOAD_DEFERRED,
  PROXY_DRIFTED,
  /** Somebody else changed it again and again: it is left alone until somebody resumes it. */
  PROXY_CONTESTED,
  /** Its own files changed, and it has not read them yet. */
  PROXY_FOREIGN_CHANGE,
  PROXY_LOST,
  PROXY_BACK,
  PROXY_PAUSED,
  PROXY_RESUMED,
  /** It is only looked at, and this would be done. */
  WOULD_APPLY,
  TOKEN_CREATED,
  TOKEN_REVOKED,
  /** Somebody tries tokens that are none. */
  ACCESS_DENIED,
  /** Somebody wants more or less in the log. */
  LOG_LEVEL,
  CONFIG_RELOADED,
  CONFIG_REJECTED,
  CHECKS_SUSPECT,
  CHECKS_TRUSTED,
  WEIR_STARTED,
  WEIR_STOPPED;

  /** {@code member.joined}, {@code apply.done}, ... */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
