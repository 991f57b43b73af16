package dev.weir.follow;

import dev.weir.model.PoolsReport;
import dev.weir.model.SourceReport;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The outside systems of one kind that are being followed: each once, as long as a source looks at
 * it, however many do.
 *
 * @param <K> what is followed, a value whose text names it to people and holds no secret
 * @param <T> what it says, a value
 */
public final class Followers<K, T> {

  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final Shared<Key<K>, Followed<T>> followed;

  private record Key<K>(K what, Time time) {}

  /**
   * @param begin makes what follows one system; does no I/O yet
   */
  public Followers(Pace pace, BiFunction<K, Time, Follower<T>> begin) {
    followed =
        new Shared<>(
            key ->
                Followed.start(
                    begin.apply(key.what(), key.time()),
                    new Followed.Means(key.what().toString(), pace, key.time(), RANDOM)),
            Followed::stop);
  }

  /**
   * A source that reports what the followed system says.
   *
   * @param reading makes a report of what was said; called by the source's thread alone
   */
  public Source source(K what, Time time, Function<T, SourceReport> reading) {
    Wording<T, SourceReport> wording = new Wording<>(reading, SourceReport.Unavailable::new);
    return sink -> tell(new Key<>(what, time), new Telling<>(wording, sink::report));
  }

  /**
   * Finds the pools that the followed system speaks of.
   *
   * @param reading makes a report of what was said; called by the finder's thread alone
   */
  public PoolFinder finder(K what, Time time, Function<T, PoolsReport> reading) {
    Wording<T, PoolsReport> wording = new Wording<>(reading, PoolsReport.Unavailable::new);
    return sink -> tell(new Key<>(what, time), new Telling<>(wording, sink::report));
  }

  private void tell(Key<K> key, Telling<T, ?> telling) throws InterruptedException {
    try (Shared.Lease<Followed<T>> lease = followed.take(key)) {
      telling.from(lease.get());
    }
  }
}
