package dev.weir.source.file;

import dev.weir.folders.FolderWatcher;
import dev.weir.folders.Stamp;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The members that a file lists, reported as soon as the file is complete.
 *
 * <p>A file that was renamed to its path is complete at once. One that is written in place is when
 * its size and times have stood still for 50 ms: a pause that writers do not make, and short
 * against the time that it takes to change a proxy. The same holds for a file that goes, because
 * many writers delete and create. Besides listening to the folder, it looks every 2 s: a look costs
 * a few microseconds and finds what no event tells, on a network file system for example.
 */
final class FileSource implements Source {

  static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration STILL = Duration.ofMillis(50);

  private final Path path;
  private final SourceType.Context context;
  private final FolderWatcher folders;

  FileSource(Path path, SourceType.Context context, FolderWatcher folders) {
    this.path = path;
    this.context = context;
    this.folders = folders;
  }

  @Override
  public void watch(Sink sink) throws InterruptedException {
    try (FileNews news = new FileNews(path, folders, context.time())) {
      Watching watching = new Watching(news, sink);
      while (true) {
        news.await(watching.step());
      }
    }
  }

  /** One run of the source, from start to interrupt; used by one thread. */
  private final class Watching {

    private final Time time = context.time();
    private final FileReading reading = new FileReading(path, context);
    private final FileNews news;
    private final Sink sink;

    /** What the file was like when it was last read and known to be complete; absent before. */
    private Optional<Stamp> settled = Optional.empty();

    /** What the file was like when it was last read, perhaps too early; absent before. */
    private Optional<Stamp> read = Optional.empty();

    /** What has not stood still for long enough, and since when it does; absent when all has. */
    private Optional<Moving> moving = Optional.empty();

    /** The last report; absent before. */
    private Optional<SourceReport> said = Optional.empty();

    private record Moving(Stamp stamp, long sinceNanos) {}

    Watching(FileNews news, Sink sink) {
      this.news = news;
      this.sink = sink;
    }

    /** Looks, reads where something is to be read, and tells how long to wait for news. */
    Duration step() throws InterruptedException {
      boolean renamed = news.takeRenamed(); // first, so that the look is no older
      Stamp stamp = news.look();
      if (settled.equals(Optional.of(stamp))) {
        moving = Optional.empty();
        return untilNextLook();
      }
      if (stamp instanceof Stamp.Present present && (renamed || isCompleteAtOnce(present))) {
        glimpse(present);
      }
      return standStill(stamp);
    }

    /** Reads at once. A fault is not told of yet: the file may be in the making after all. */
    private void glimpse(Stamp.Present stamp) throws InterruptedException {
      SourceReport report = reading.read();
      if (report instanceof Complete && Stamp.of(path).equals(stamp)) {
        read = Optional.of(stamp);
        say(report);
      }
    }

    /**
     * Reads when the file has stood still; also when it was read at once before, because the times
     * in a stamp are too coarse to show two changes within a few milliseconds.
     */
    private Duration standStill(Stamp stamp) throws InterruptedException {
      long now = time.nanos();
      Moving since =
          moving.filter(known -> known.stamp().equals(stamp)).orElse(new Moving(stamp, now));
      moving = Optional.of(since);
      Duration left = STILL.minusNanos(now - since.sinceNanos());
      if (left.isPositive()) {
        return left;
      }
      SourceReport report =
          switch (stamp) {
            case Stamp.Present present -> reading.read();
            case Stamp.Absent absent -> new SourceReport.Unavailable(absent.reason());
          };
      if (!Stamp.of(path).equals(stamp)) {
        return Duration.ZERO;
      }
      settled = Optional.of(stamp);
      read = settled;
      moving = Optional.empty();
      say(report);
      return untilNextLook();
    }

    /** All sources look at the same moments: one wake-up of the process for all of them. */
    private Duration untilNextLook() {
      return LOOK_EVERY.minusNanos(Math.floorMod(time.nanos(), LOOK_EVERY.toNanos()));
    }

    private void say(SourceReport report) {
      if (!said.equals(Optional.of(report))) {
        said = Optional.of(report);
        sink.report(report);
      }
    }

    /** Whether what is known of the file tells that nobody is writing to it. */
    private boolean isCompleteAtOnce(Stamp.Present now) {
      if (read.isEmpty()) {
        return now.wasRenamed() || !isRecent(now);
      }
      Stamp before = read.get();
      return !before.equals(now)
          && (isElsewhere(before, now) || (isAnother(before, now) && now.wasRenamed()));
    }

    private boolean isRecent(Stamp.Present now) {
      Duration age = Duration.between(now.modified().toInstant(), time.now());
      return !age.isNegative() && age.compareTo(STILL) < 0;
    }
  }

  private static boolean isElsewhere(Stamp before, Stamp.Present now) {
    return before instanceof Stamp.Present present && !present.real().equals(now.real());
  }

  private static boolean isAnother(Stamp before, Stamp.Present now) {
    return !(before instanceof Stamp.Present present) || !present.identity().equals(now.identity());
  }
}
