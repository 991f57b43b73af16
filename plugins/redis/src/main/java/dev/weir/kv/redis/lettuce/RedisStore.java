package dev.weir.kv.redis.lettuce;

import dev.weir.follow.ReadingPause;
import dev.weir.kv.redis.RedisPatience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The keys and hashes of a Redis as a store of texts. Each watch listens to what Redis tells of
 * changed keys, and reads everything again after such news; where Redis does not tell, it reads
 * again and again. Reading walks through all keys of the database, so it pauses after each time as
 * {@link ReadingPause} says.
 */
final class RedisStore implements KeyValueStore {

  private final Connector connector;
  private final RedisPatience patience;
  private final Time time;

  RedisStore(Connector connector, RedisPatience patience, Time time) {
    this.connector = connector;
    this.patience = patience;
    this.time = time;
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    KeyNames names =
        new KeyNames(KeyValueStore.checkPrefix(prefix), connector.options().keys().separator());
    try (News news = News.listen(connector, names, time);
        Reading reading = Reading.open(connector, names)) {
      Optional<SortedMap<String, String>> told = Optional.empty();
      ReadingPause pause = new ReadingPause(time);
      while (true) {
        pause.begin();
        Reading.Picture picture = reading.read();
        pause.end();
        if (!told.equals(Optional.of(picture.pairs()))) {
          told = Optional.of(picture.pairs());
          sink.pairs(picture.pairs());
        }
        pause.await(awaitChange(news, reading, picture));
      }
    }
  }

  /**
   * Returns when something may have changed, or nobody says so.
   *
   * @return how long to wait at least before looking
   */
  private Duration awaitChange(News news, Reading reading, Reading.Picture picture)
      throws IOException, InterruptedException {
    if (!reading.isTold()) {
      return patience.poll();
    }
    while (!news.await(patience.silence())) {
      news.ping();
      if (!reading.isTold() || reading.size() != picture.size()) {
        break; // a whole database that is emptied makes no news
      }
    }
    return patience.rest();
  }

  @Override
  public void close() {
    connector.close();
  }
}
