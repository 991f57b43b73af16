package dev.weir.app.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.weir.app.api.LogLevels;
import dev.weir.engine.run.Runner;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The levels of the log that {@link Logging} set up. Safe for any thread. */
public final class LogbackLevels implements LogLevels {

  private final Runner runner;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that end by themselves, by their loggers; guarded by lock. */
  private final Map<String, Ending> ending = new HashMap<>();

  /**
   * @param before absent where the logger had none of its own
   */
  private record Ending(
      Instant at, Optional<ch.qos.logback.classic.Level> before, Runner.Running running) {}

  /**
   * @param runner of the alarms that end what was set for a while
   */
  public LogbackLevels(Runner runner, Time time) {
    this.runner = runner;
    this.time = time;
  }

  @Override
  public List<Setting> all() {
    lock.lock();
    try {
      List<Setting> all = new ArrayList<>();
      for (Logger logger : context().getLoggerList()) {
        if (logger.getLevel() != null) {
          all.add(
              new Setting(
                  logger.getName(),
                  level(logger.getLevel()),
                  Optional.ofNullable(ending.get(logger.getName())).map(Ending::at)));
        }
      }
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Level set(String name, Level level, Optional<Duration> howLong) {
    lock.lock();
    try {
      Logger logger = context().getLogger(name);
      Level before = level(logger.getEffectiveLevel());
      Ending former = ending.remove(name);
      if (former != null) {
        former.running().stop();
      }
      if (howLong.isPresent()) {
        Optional<ch.qos.logback.classic.Level> own =
            former == null ? Optional.ofNullable(logger.getLevel()) : former.before();
        ending.put(name, alarm(name, own, howLong.get()));
      }
      logger.setLevel(ch.qos.logback.classic.Level.valueOf(level.name()));
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** Holding the lock. */
  private Ending alarm(
      String name, Optional<ch.qos.logback.classic.Level> before, Duration howLong) {
    Instant at = time.now().plus(howLong);
    Runner.Running running =
        runner.start(
            "log level of " + name,
            () -> {
              Duration left = Duration.between(time.now(), at);
              if (left.isPositive()) {
                return Optional.of(left);
              }
              end(name, at, before.orElse(null));
              return Optional.empty();
            });
    return new Ending(at, before, running);
  }

  private void end(String name, Instant at, ch.qos.logback.classic.@Nullable Level before) {
    lock.lock();
    try {
      Ending current = ending.get(name);
      if (current != null && current.at().equals(at)) {
        ending.remove(name);
        context().getLogger(name).setLevel(before);
      }
    } finally {
      lock.unlock();
    }
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Level level(ch.qos.logback.classic.Level level) {
    return switch (level.toInt()) {
      case ch.qos.logback.classic.Level.OFF_INT, ch.qos.logback.classic.Level.ERROR_INT ->
          Level.ERROR;
      case ch.qos.logback.classic.Level.WARN_INT -> Level.WARN;
      case ch.qos.logback.classic.Level.INFO_INT -> Level.INFO;
      case ch.qos.logback.classic.Level.DEBUG_INT -> Level.DEBUG;
      default -> Level.TRACE;
    };
  }
}
