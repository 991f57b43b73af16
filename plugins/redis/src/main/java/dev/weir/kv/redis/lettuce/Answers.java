package dev.weir.kv.redis.lettuce;

import dev.weir.spi.RefusedException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for answers of one Redis and says what became of them.
 *
 * @param where the Redis, for people
 * @param atMost how long one answer is waited for
 */
record Answers(String where, Duration atMost) {

  /** How errors begin that stay until somebody changes something. */
  private static final List<String> REFUSALS =
      List.of(
          "WRONGPASS",
          "NOAUTH",
          "NOPERM",
          "ERR AUTH",
          "ERR invalid password",
          "ERR DB index",
          "ERR unknown command");

  /** The answer to come. */
  <T> T of(Future<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      throw new IOException(
          "%s: no answer within %d ms".formatted(where, atMost.toMillis()), silent);
    } catch (ExecutionException failed) {
      throw failure(failed);
    }
  }

  /** Says why, by the innermost reason: the outer ones say that there is one. */
  private IOException failure(Throwable failed) {
    Throwable reason = failed;
    while (reason.getCause() != null && !(reason instanceof RedisCommandExecutionException)) {
      reason = reason.getCause();
    }
    String text = String.valueOf(reason.getMessage()).replaceAll("\\R", " ");
    if (reason instanceof RedisCommandExecutionException
        && REFUSALS.stream().anyMatch(text::startsWith)) {
      return new RefusedException("%s: %s".formatted(where, text));
    }
    return new IOException("%s: %s".formatted(where, text), failed);
  }
}
