package dev.weir.app.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much is logged, and of what. Safe for any thread. */
public interface LogLevels {

  /** From little to much. */
  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is logged of one part and all below it.
   *
   * @param logger the name of a package or class; {@code ROOT} for all
   * @param until after which it is as it was before; absent for until the next change
   */
  record Setting(String logger, Level level, Optional<Instant> until) {}

  /** Those that are set, the most general first. */
  List<Setting> all();

  /**
   * Sets one; a former one of the same logger ends.
   *
   * @param howLong absent for until the next change
   * @return how much it logged before
   */
  Level set(String logger, Level level, Optional<Duration> howLong);
}
