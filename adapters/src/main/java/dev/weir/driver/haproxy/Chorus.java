package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A conversation with all admin sockets of one proxy at once: everything is said to each, in the
 * order of the configuration. A socket at which nobody listens is left out, as long as there is
 * another: whoever starts there loads Weir's file. One that is there and silent spoils it all.
 */
final class Chorus implements AutoCloseable {

  private final SequencedMap<Endpoint, AdminSocket> lines = new LinkedHashMap<>();
  private final List<NobodyThere> missing = new ArrayList<>();

  private Chorus() {}

  /**
   * Connects.
   *
   * @throws NobodyThere when nobody listens on any of them
   */
  static Chorus open(List<Endpoint> sockets, Duration patience)
      throws IOException, InterruptedException {
    Chorus chorus = new Chorus();
    try {
      for (Endpoint at : sockets) {
        chorus.join(at, patience);
      }
      if (chorus.lines.isEmpty()) {
        throw chorus.missing.getFirst();
      }
      return chorus;
    } catch (IOException | InterruptedException | RuntimeException e) {
      chorus.close();
      throw e;
    }
  }

  private void join(Endpoint at, Duration patience) throws IOException, InterruptedException {
    String name = AdminSocket.name(at);
    if (at instanceof Endpoint.UnixSocket && !Files.exists(Path.of(name))) {
      missing.add(
          new NobodyThere("%s does not exist".formatted(name), new IOException("no such file")));
      return;
    }
    try {
      lines.put(at, AdminSocket.open(at, patience));
    } catch (ConnectException e) {
      missing.add(new NobodyThere("nobody listens on %s".formatted(name), e));
    }
  }

  /** Where nobody is, for people. */
  List<String> missing() {
    return missing.stream().map(e -> String.valueOf(e.getMessage())).toList();
  }

  /**
   * Says the commands on one line to each.
   *
   * @return the answers of each, as {@link AdminSocket#ask} has them
   */
  SequencedMap<Endpoint, List<String>> ask(List<String> commands)
      throws IOException, InterruptedException {
    SequencedMap<Endpoint, List<String>> answers = new LinkedHashMap<>();
    for (Map.Entry<Endpoint, AdminSocket> line : lines.entrySet()) {
      answers.put(line.getKey(), line.getValue().ask(commands));
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    for (AdminSocket line : lines.values()) {
      line.close();
    }
  }
}
