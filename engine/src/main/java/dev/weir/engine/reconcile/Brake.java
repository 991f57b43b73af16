package dev.weir.engine.reconcile;

import dev.weir.model.ProxyName;
import java.util.Optional;

/** Says whether a proxy may be touched now. Safe for any thread. */
@FunctionalInterface
public interface Brake {

  /** Lets everything pass. */
  Brake NONE = proxy -> Optional.empty();

  /** Why the proxy is to be left alone, for people; absent when it may be touched. */
  Optional<String> holds(ProxyName proxy);
}
