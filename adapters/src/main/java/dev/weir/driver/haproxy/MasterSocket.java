package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Master.Phase;
import dev.weir.model.Quoted;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HAProxy's master, asked on its own socket. In 2.6 {@code reload} has no answer, the connection
 * just ends; from 2.7 on it ends, when loading is over, with {@code Success=1} or {@code
 * Success=0}. Only the last is a refusal: a master that is silent for long has been told, and may
 * need longer for its certificates. What counts is how often the master says that it has loaded,
 * before and after. Used by one thread.
 */
final class MasterSocket implements Loader {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long the end of a reload is listened for, before the worker is asked instead. */
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(30);

  /** While the master executes itself anew, nobody answers. */
  private static final Duration WHILE_LOADING = Duration.ofMillis(100);

  private static final Pattern MASTER = Pattern.compile("(?m)^[0-9]+ +master +([0-9]+)");

  private final Path path;
  private final Duration longestLoad;
  private long before = -1;

  MasterSocket(Path path) {
    this(path, LONGEST_LOAD);
  }

  /**
   * A master.
   *
   * @param longestLoad how long the end of a reload is listened for
   */
  MasterSocket(Path path, Duration longestLoad) {
    this.path = path;
    this.longestLoad = longestLoad;
  }

  /** How often the master has loaded its files since it was started, by {@code show proc}. */
  static long loads(String answer) throws IOException {
    Matcher matcher = MASTER.matcher(answer);
    if (!matcher.find()) {
      throw new IOException(
          "show proc: %s (expected: a line about the master)".formatted(Quoted.of(answer)));
    }
    return Long.parseLong(matcher.group(1));
  }

  @Override
  public void tell() throws IOException, InterruptedException {
    before = loads(PATIENCE);
    String answer;
    try {
      answer = OneShot.ask(path, "reload", longestLoad);
    } catch (SocketTimeoutException stillLoading) {
      return;
    }
    if (answer.startsWith("Success=0")) {
      throw new IOException("HAProxy refused to load: " + Quoted.of(answer));
    }
  }

  @Override
  public Phase phase() throws InterruptedException {
    try {
      return loads(WHILE_LOADING) == before ? Phase.LOADING : Phase.WAITING;
    } catch (IOException busy) {
      return Phase.LOADING;
    }
  }

  /** How often it has loaded, asked now. */
  long loads(Duration patience) throws IOException, InterruptedException {
    return loads(OneShot.ask(path, "show proc", patience));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
