package dev.weir.app.config;

import dev.weir.engine.reconcile.ReloadLimits;
import dev.weir.spi.BackupPolicy;
import dev.weir.spi.BackupPolicy.Names;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the limits on reloads and the backups of a proxy are written. */
final class CareShapes {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(kB|MB|GB)");

  private static final Shape.Key<Duration> DISTANCE =
      Shape.Key.defaulted(
          "distance",
          Durations.SHAPE,
          ReloadLimits.DEFAULT.distance(),
          Durations.format(ReloadLimits.DEFAULT.distance()),
          "From the start of one reload to the start of the next, at least.");
  private static final Shape.Key<Integer> BUDGET =
      count(
          "budget",
          ReloadLimits.DEFAULT.budget(),
          "Reloads that may follow each other so; then they wait for the refill.");
  private static final Shape.Key<Integer> PER_MINUTE =
      count(
          "per_minute",
          ReloadLimits.DEFAULT.perMinute(),
          "How much of the budget comes back in a minute.");
  private static final Shape.Key<Integer> OLD_PROCESSES =
      count(
          "old_processes",
          ReloadLimits.DEFAULT.oldProcesses(),
          "With so many old processes that still serve connections a reload waits, unless it"
              + " takes out members whose check fails or whom an operator wants out.");

  static final Shape<ReloadLimits> RELOADS =
      new Shape.Mapping<>(
          "distance, budget, per_minute, old_processes",
          List.of(DISTANCE, BUDGET, PER_MINUTE, OLD_PROCESSES),
          values ->
              new ReloadLimits(
                  values.get(DISTANCE),
                  values.get(BUDGET),
                  values.get(PER_MINUTE),
                  values.get(OLD_PROCESSES)));

  private static final Shape.Key<Integer> KEEP =
      Shape.Key.defaulted(
          "keep",
          Shape.integer(0, 1_000_000),
          BackupPolicy.DEFAULT.keep(),
          Integer.toString(BackupPolicy.DEFAULT.keep()),
          "At most so many versions of each file; 0 keeps none.");
  private static final Shape.Key<Duration> AGE =
      Shape.Key.defaulted(
          "age",
          Durations.SHAPE,
          BackupPolicy.DEFAULT.age(),
          Durations.format(BackupPolicy.DEFAULT.age()),
          "None that was replaced longer ago.");
  private static final Shape.Key<Long> MAX_SIZE =
      Shape.Key.defaulted(
          "size",
          Shape.scalar("a size such as 500kB, 100MB or 1GB", CareShapes::size),
          BackupPolicy.DEFAULT.bytes(),
          "100MB",
          "No more than so much of each file, all its versions together.");
  private static final Shape.Key<Path> FOLDER =
      Shape.Key.optional(
          "folder",
          Shape.scalar("an absolute path", CareShapes::path),
          "Where they are kept; without it, hidden beside the file.");
  private static final Shape.Key<Names> NAMES =
      Shape.Key.defaulted(
          "names",
          Shape.choice(Names.class),
          Names.TIME,
          "time",
          "In a folder: the file's name and the time, or the milliseconds since 1970 alone, as"
              + " BackendsUpdater had them.");

  static final Shape<BackupPolicy> BACKUPS =
      new Shape.Mapping<>(
          "keep, age, size, folder, names",
          List.of(KEEP, AGE, MAX_SIZE, FOLDER, NAMES),
          values ->
              new BackupPolicy(
                  values.get(KEEP),
                  values.get(AGE),
                  values.get(MAX_SIZE),
                  values.find(FOLDER),
                  values.get(NAMES)));

  private CareShapes() {}

  private static Shape.Key<Integer> count(String name, int fallback, String doc) {
    return Shape.Key.defaulted(
        name, Shape.integer(1, 1_000_000), fallback, Integer.toString(fallback), doc);
  }

  private static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "kB" -> number * 1_000;
      case "MB" -> number * 1_000_000;
      default -> number * 1_000_000_000;
    };
  }

  private static Path path(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("not absolute");
    }
    return Path.of(text);
  }
}
