package dev.weir.engine.reconcile;

import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import java.time.Instant;
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
   * @param pin where the proxy is to be brought and then left; absent where it stays as it is
   */
  record Hold(String why, Optional<PinnedTo> pin) {

    /** A proxy that stays as it is. */
    public static Hold asItIs(String why) {
      return new Hold(why, Optional.empty());
    }
  }

  /**
   * Somebody's wish to have a revision back; a later wish for the same one is another.
   *
   * @param at when it was wished
   */
  record PinnedTo(long revision, Instant at) {

    /** Whether this is the wish that a pause stands for. */
    public boolean isOf(Pause pause) {
      return pause.revision().equals(OptionalLong.of(revision))
          && pause.attribution().at().equals(at);
    }
  }
}
