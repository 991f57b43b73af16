package dev.weir.source.aws;

import dev.weir.follow.Pace;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one account: within its budget, and made again later when AWS wants fewer. The client is
 * opened with the first. Safe for any thread.
 */
final class Calls implements AutoCloseable {

  /** So many times a call is made before AWS counts as not answering. */
  private static final int TRIES = 6;

  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final AwsAccount account;
  private final Opener opener;
  private final Manner manner;
  private final Budget budget;

  /** Absent before the first call; guarded by this. */
  private @Nullable AwsClient client;

  /** Opens the client of an account. */
  @FunctionalInterface
  interface Opener {
    AwsClient open(AwsAccount account) throws IOException;
  }

  /** One call. */
  @FunctionalInterface
  interface Call<T> {
    T of(AwsClient client) throws IOException, InterruptedException;
  }

  /** A call that has no answer. */
  @FunctionalInterface
  interface Message {
    void to(AwsClient client) throws IOException, InterruptedException;
  }

  /**
   * How calls are made.
   *
   * @param backOff between two tries of a call when AWS wants fewer
   */
  record Manner(Pace backOff, Time time) {}

  Calls(AwsAccount account, Opener opener, Manner manner) {
    this.account = account;
    this.opener = opener;
    this.manner = manner;
    this.budget = new Budget(account.callsPerMinute(), manner.time());
  }

  /** Makes a call, when its turn has come, and again when AWS wants fewer. */
  <T> T ask(Call<T> call) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return once(call);
      } catch (ThrottledException throttled) {
        if (tries == TRIES) {
          throw throttled;
        }
        manner.time().sleep(manner.backOff().pauseAfter(tries, RANDOM));
      }
    }
  }

  /** Makes a call once, when its turn has come: others wait for the caller. */
  <T> T once(Call<T> call) throws IOException, InterruptedException {
    budget.take();
    try {
      return call.of(client());
    } catch (ThrottledException throttled) {
      budget.empty();
      throw throttled;
    }
  }

  /** Makes a call once that has no answer, when its turn has come. */
  void tell(Message message) throws IOException, InterruptedException {
    boolean ignored =
        once(client -> {
          message.to(client);
          return true;
        });
  }

  private synchronized AwsClient client() throws IOException {
    AwsClient open = client;
    if (open == null) {
      open = opener.open(account);
      client = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
