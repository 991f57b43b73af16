package dev.weir.spi;

import dev.weir.model.MemberId;
import java.time.Duration;

/**
 * How far members of one pool are on their way out of the proxies, for sources that have to tell
 * their outside system. Safe for any thread.
 */
public interface Drains {

  /**
   * Whether every proxy of the pool has said that nothing is left of this member. False where a
   * proxy does not count what a member still has; what it said a minute ago may be forgotten.
   */
  boolean isEmpty(MemberId member);

  /** After which a drain is over, whatever is left. */
  Duration deadline();
}
