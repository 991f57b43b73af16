package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import java.util.Optional;

/**
 * What the user's files said when they were last whole, with what was done by socket since: as long
 * as one of them is broken, that stands for what HAProxy has of them. Used by one thread.
 */
final class LastWhole {

  private Optional<Parsed> now = Optional.empty();
  private Optional<Parsed> planned = Optional.empty();

  /** They say this, or would, if they were whole. */
  void is(Parsed said) {
    now = Optional.of(said);
    planned = Optional.empty();
  }

  /** Absent where they were never whole since Weir runs. */
  Optional<Parsed> now() {
    return now;
  }

  /** What they would say next. */
  void plan(Parsed next) {
    planned = Optional.of(next);
  }

  /** What was planned last, or what is now. */
  Optional<Parsed> next() {
    return planned.or(this::now);
  }
}
