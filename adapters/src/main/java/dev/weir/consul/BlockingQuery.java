package dev.weir.consul;

import dev.weir.consul.ConsulClient.Indexed;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * One question that is asked again and again, each time held by the agent until its answer may have
 * changed. The first is held for a random part of the time only, so that those of many queries that
 * began together do not come together for ever.
 */
public final class BlockingQuery {

  /** An agent that has other things to tell wakes a question too; so long it is left alone then. */
  private static final Duration REST = Duration.ofMillis(100);

  private final String path;
  private final Map<String, String> query;
  private final Means means;

  /** What asking needs. */
  public record Means(ConsulClient client, Waiting waiting, Time time, RandomGenerator random) {}

  /** Takes answers. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes one.
     *
     * @param body absent when the agent knows nothing of that name
     * @throws IOException when it is no answer to this question
     */
    void take(Optional<String> body) throws IOException;
  }

  /**
   * A question.
   *
   * @param path under {@code /v1}, encoded
   * @param query as {@link ConsulClient#ask} takes it
   */
  public BlockingQuery(String path, Map<String, String> query, Means means) {
    this.path = path;
    this.query = new TreeMap<>(query);
    this.means = means;
  }

  /**
   * Asks, until that fails; hands over the first answer and those that differ from the one before.
   */
  public void follow(Taker taker) throws IOException, InterruptedException {
    Indexed last = means.client().ask(path, query, means.waiting().answer());
    taker.take(last.body());
    Duration hold = part(means.waiting().hold());
    while (true) {
      long asked = means.time().nanos();
      Indexed next = held(usable(last.index()), hold);
      if (next.index() < last.index()) {
        next = means.client().ask(path, query, means.waiting().answer());
      }
      if (!next.body().equals(last.body())) {
        taker.take(next.body());
      } else {
        rest(Duration.ofNanos(means.time().nanos() - asked));
      }
      last = next;
      hold = means.waiting().hold();
    }
  }

  private Indexed held(long index, Duration hold) throws IOException, InterruptedException {
    Map<String, String> held = new TreeMap<>(query);
    held.put("index", Long.toString(index));
    held.put("wait", hold.toMillis() + "ms");
    Duration longest = hold.plus(hold.dividedBy(16)).plus(means.waiting().answer());
    return means.client().ask(path, held, longest);
  }

  /** An index of 0 would not be waited for. */
  private static long usable(long index) {
    return Math.max(1, index);
  }

  private void rest(Duration took) throws InterruptedException {
    means.time().sleep(REST.minus(took));
  }

  private Duration part(Duration hold) {
    long nanos = hold.toNanos();
    return Duration.ofNanos(nanos / 10 + means.random().nextLong(nanos - nanos / 10));
  }
}
