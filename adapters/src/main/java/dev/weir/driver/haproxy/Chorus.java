package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A conversation with all admin sockets of one proxy at once: everything is said to each, in the
 * order of the configuration. A socket at which nobody listens is left out, as long as there is
 * another: whoever starts there loads Weir's file. One that is there and silent, or that cannot be
 * looked for, spoils it all.
 */
final class Chorus implements AutoCloseable {

  private final SequencedMap<Endpoint, AdminSocket> lines = new LinkedHashMap<>();
  private final SequencedMap<Endpoint, NobodyThere> missing = new LinkedHashMap<>();

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
        throw chorus.missing.firstEntry().getValue();
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
      if (!Files.notExists(Path.of(name))) {
        throw new IOException(
            "%s cannot be looked for (expected: a folder that Weir may search)".formatted(name));
      }
      missing.put(
          at,
          new NobodyThere("%s does not exist".formatted(name), new IOException("no such file")));
      return;
    }
    try {
      lines.put(at, AdminSocket.open(at, patience));
    } catch (ConnectException e) {
      missing.put(at, new NobodyThere("nobody listens on %s".formatted(name), e));
    }
  }

  /** Where nobody is, for people. */
  SequencedMap<Endpoint, String> missing() {
    SequencedMap<Endpoint, String> told = new LinkedHashMap<>();
    missing.forEach((at, why) -> told.put(at, String.valueOf(why.getMessage())));
    return told;
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
