package dev.weir.kv.redis.lettuce;

import dev.weir.spi.Time;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether Redis has told of a changed key, over a connection of its own. */
final class News implements AutoCloseable {

  private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
  private final Answers answers;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();

  /** Something has changed since the last wait; guarded by the lock. */
  private boolean news;

  /** The connection has ended; guarded by the lock. */
  private boolean ended;

  private News(
      StatefulRedisPubSubConnection<byte[], byte[]> connection, Answers answers, Time time) {
    this.connection = connection;
    this.answers = answers;
    this.time = time;
  }

  /** Listens from now on; the caller closes it. */
  static News listen(Connector connector, KeyNames names, Time time)
      throws IOException, InterruptedException {
    News news = new News(connector.news(), connector.answers(), time);
    try {
      news.connection.addListener(news.new Ear());
      news.connection.addListener(news.new End());
      Void ignored =
          news.answers.of(
              news.connection
                  .async()
                  .psubscribe(names.channels(connector.options().keys().database())));
      return news;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      news.close();
      throw failed;
    }
  }

  /**
   * Waits for news, at most so long.
   *
   * @return whether there was any
   * @throws IOException when the connection has ended
   */
  boolean await(Duration atMost) throws IOException, InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!news && !ended && time.nanos() < deadline) {
        time.await(lock, heard, Duration.ofNanos(deadline - time.nanos()));
      }
      if (ended) {
        throw new IOException(answers.where() + ": the connection has ended");
      }
      boolean was = news;
      news = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Makes sure that the connection is alive. */
  void ping() throws IOException, InterruptedException {
    String ignored = answers.of(connection.async().ping());
  }

  @Override
  public void close() {
    Object ignored = connection.closeAsync();
  }

  private void tell(boolean end) {
    lock.lock();
    try {
      news = true;
      ended |= end;
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what Redis tells; called by the client's threads. */
  private final class Ear extends RedisPubSubAdapter<byte[], byte[]> {
    @Override
    public void message(byte[] pattern, byte[] channel, byte[] message) {
      tell(false);
    }
  }

  /** Takes the end of the connection. */
  private final class End extends RedisConnectionStateAdapter {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      tell(true);
    }
  }
}
