package dev.weir.bench;

import dev.weir.app.demo.Answer;
import dev.weir.app.demo.Connection;
import dev.weir.app.demo.Connection.Keep;
import java.io.IOException;

/** One connection to a proxy, for which only a good answer is an answer. */
final class Client implements AutoCloseable {

  private final Connection connection;

  Client(int port) throws IOException {
    connection = new Connection(port);
  }

  /** One request on a connection of its own. */
  static String once(int port) throws IOException {
    try (Client client = new Client(port)) {
      return client.ask(Keep.CLOSE);
    }
  }

  /**
   * One request.
   *
   * @return the backend that answered
   * @throws Connection.Stale when a kept connection ended before any byte of the answer
   * @throws IOException also for any status but 200
   */
  String ask(Keep keep) throws IOException {
    return ask("/", keep);
  }

  /** The same for another path. */
  String ask(String path, Keep keep) throws IOException {
    Answer answer = connection.get(path, keep);
    if (!answer.good()) {
      throw new IOException("status " + answer.status());
    }
    return answer.backend();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
