package dev.weir.engine.reconcile;

import dev.weir.model.ProxyName;
import java.util.Optional;
import java.util.OptionalLong;

/** Says whether a proxy may be touched now. Safe for any thread. */
@FunctionalInterface
public interface Brake {

  /** Lets everything pass. */
  Brake NONE = proxy -> Optional.empty();

  /** What keeps the hands off the proxy; absent when it may be touched. */
  Optional<Hold> holds(ProxyName proxy);

  /**
   * What keeps the hands off a proxy.
   *
   * @param why for people
   * @param revision the one that the proxy is to be brought to and then left at; absent where it
   *     stays as it is
   */
  record Hold(String why, OptionalLong revision) {

    /** A proxy that stays as it is. */
    public static Hold asItIs(String why) {
      return new Hold(why, OptionalLong.empty());
    }
  }
}
