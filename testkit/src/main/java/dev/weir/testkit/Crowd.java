package dev.weir.testkit;

import dev.weir.spi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Many sources at once that look at the same outside system, as many pools have them. */
public final class Crowd implements AutoCloseable {

  private final List<WatchedSource> watched = new ArrayList<>();

  private Crowd() {}

  /** Starts so many sources. */
  public static Crowd of(int size, Supplier<Source> sources, Duration patience) {
    Crowd crowd = new Crowd();
    for (int i = 0; i < size; i++) {
      crowd.watched.add(WatchedSource.start(sources.get(), patience));
    }
    return crowd;
  }

  /** Waits until every one of them has reported exactly these. */
  public void awaitMembers(Set<String> names) throws InterruptedException {
    for (WatchedSource one : watched) {
      var _ = one.awaitMembers(names);
    }
  }

  @Override
  public void close() {
    watched.forEach(WatchedSource::close);
  }
}
