package dev.weir.app.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Levels that nobody logs by. Safe for any thread. */
final class SampleLogLevels implements LogLevels {

  private final ConcurrentSkipListMap<String, Setting> settings = new ConcurrentSkipListMap<>();

  @Override
  public List<Setting> all() {
    return List.copyOf(settings.values());
  }

  @Override
  public Level set(String logger, Level level, Optional<Duration> howLong) {
    Setting before =
        settings.put(logger, new Setting(logger, level, howLong.map(Instant.now()::plus)));
    return before == null ? Level.INFO : before.level();
  }
}
