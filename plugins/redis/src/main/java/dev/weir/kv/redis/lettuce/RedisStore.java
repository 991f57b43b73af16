package dev.weir.kv.redis.lettuce;

import dev.weir.kv.redis.RedisPatience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The keys and hashes of a Redis as a store of texts. Each watch listens to what Redis tells of
 * changed keys, and reads everything again after such news; where Redis does not tell, it reads
 * again and again.
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
      while (true) {
        Reading.Picture picture = reading.read();
        if (!told.equals(Optional.of(picture.pairs()))) {
          told = Optional.of(picture.pairs());
          sink.pairs(picture.pairs());
        }
        awaitChange(news, reading, picture);
      }
    }
  }

  /** Returns when something may have changed. */
  private void awaitChange(News news, Reading reading, Reading.Picture picture)
      throws IOException, InterruptedException {
    if (!reading.isTold()) {
      time.sleep(patience.poll());
      return;
    }
    while (!news.await(patience.silence())) {
      news.ping();
      if (!reading.isTold() || reading.size() != picture.size()) {
        return; // a whole database that is emptied makes no news
      }
    }
    time.sleep(patience.rest());
  }

  @Override
  public void close() {
    connector.close();
  }
}
