package dev.weir.follow;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes reports of what is seen of a system, and passes on those that differ from the last.
 *
 * @param <T> what the system says
 * @param <R> a report
 */
final class Telling<T, R> {

  private final Wording<T, R> wording;
  private final Consumer<R> sink;

  Telling(Wording<T, R> wording, Consumer<R> sink) {
    this.wording = wording;
    this.sink = sink;
  }

  /** Reports until interrupted. */
  void from(Followed<T> followed) throws InterruptedException {
    Optional<R> said = Optional.empty();
    long version = 0;
    while (true) {
      Followed.Sight<T> sight = followed.await(version);
      version = sight.version();
      Optional<R> report = report(sight.seen());
      if (report.isPresent() && !report.equals(said)) {
        said = report;
        sink.accept(report.get());
      }
    }
  }

  private Optional<R> report(Seen<T> seen) {
    return switch (seen) {
      case Seen.Nothing<T> nothing -> Optional.empty();
      case Seen.Known<T> known -> Optional.of(wording.known().apply(known.value()));
      case Seen.Unreachable<T> unreachable ->
          Optional.of(wording.unreachable().apply(unreachable.reason()));
    };
  }
}
