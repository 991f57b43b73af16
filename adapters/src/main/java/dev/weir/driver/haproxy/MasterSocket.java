package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
import dev.weir.model.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HAProxy's master, asked on its own socket. In 2.6 {@code reload} has no answer, the connection
 * just ends; from 2.7 on it ends with {@code Success=1} or {@code Success=0}. What counts is how
 * often the master says that it has loaded, before and after. Used by one thread.
 */
final class MasterSocket implements Loader {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** While the master executes itself anew, nobody answers. */
  private static final Duration WHILE_LOADING = Duration.ofMillis(100);

  private static final Pattern MASTER =
      Pattern.compile("(?m)^([0-9]+) +master +([0-9]+)(?: +\\[failed: ([0-9]+)])?");

  private final Path path;
  private Count before = new Count(-1, 0);

  MasterSocket(Path path) {
    this.path = path;
  }

  /**
   * How often a master has loaded its files since it was started.
   *
   * @param failed of these, in a row, the last ones that were refused
   */
  record Count(long loads, long failed) {

    /** Reads the answer to {@code show proc}. */
    static Count read(String answer) throws IOException {
      Matcher matcher = MASTER.matcher(answer);
      if (!matcher.find()) {
        throw new IOException(
            "show proc: %s (expected: a line about the master)".formatted(Quoted.of(answer)));
      }
      String failed = matcher.group(3);
      return new Count(
          Long.parseLong(matcher.group(2)), failed == null ? 0 : Long.parseLong(failed));
    }
  }

  @Override
  public void tell() throws IOException, InterruptedException {
    before = count(PATIENCE);
    String answer = OneShot.ask(path, "reload", PATIENCE);
    if (answer.startsWith("Success=0")) {
      throw new IOException("HAProxy refused to load: " + Quoted.of(answer));
    }
  }

  @Override
  public Phase phase() throws InterruptedException {
    try {
      return count(WHILE_LOADING).loads() == before.loads() ? Phase.LOADING : Phase.WAITING;
    } catch (IOException busy) {
      return Phase.LOADING;
    }
  }

  /** How often it has loaded. */
  Count count(Duration patience) throws IOException, InterruptedException {
    return Count.read(OneShot.ask(path, "show proc", patience));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
