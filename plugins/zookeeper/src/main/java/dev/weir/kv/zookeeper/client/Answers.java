package dev.weir.kv.zookeeper.client;

import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException;

/**
 * Waits for answers of an ensemble and says what became of them.
 *
 * @param where the ensemble, for people
 * @param atMost how long one answer is waited for
 */
record Answers(String where, Duration atMost) {

  /**
   * A node.
   *
   * @param code the ensemble's own, 0 for an answer
   * @param children how many it has
   */
  record Found(int code, int children, String data) {}

  /**
   * A node's children.
   *
   * @param code the ensemble's own, 0 for an answer
   */
  record Children(int code, List<String> names) {
    Children {
      names = List.copyOf(names);
    }
  }

  /** The answer to come. */
  <T> T of(Future<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      throw new IOException(
          "%s: no answer within %d ms".formatted(where, atMost.toMillis()), silent);
    } catch (ExecutionException failed) {
      throw new IOException("%s: %s".formatted(where, failed.getCause()), failed);
    }
  }

  /**
   * Tells whether the node is there.
   *
   * @throws RefusedException when it may not be read
   * @throws LostException when the connection was lost before anybody could say
   * @throws IOException when nobody can say
   */
  boolean check(String path, int number) throws IOException {
    KeeperException.Code code = code(path, number);
    return switch (code) {
      case OK -> true;
      case NONODE -> false;
      case NOAUTH, AUTHFAILED, INVALIDACL ->
          throw new RefusedException("%s: %s may not be read (%s)".formatted(where, path, code));
      case CONNECTIONLOSS ->
          throw new LostException("%s: the connection was lost".formatted(where));
      default -> throw new IOException("%s: %s: %s".formatted(where, path, code));
    };
  }

  private KeeperException.Code code(String path, int number) throws IOException {
    try {
      return KeeperException.Code.get(number);
    } catch (IllegalArgumentException ofANewerServer) {
      throw new IOException("%s: %s: error %d".formatted(where, path, number), ofANewerServer);
    }
  }
}
