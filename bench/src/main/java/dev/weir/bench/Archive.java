package dev.weir.bench;

import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The archive of classes that {@code ./weir run} makes when it ends for the first time. Measured is
 * what a user sees from the second start on, so a first one comes before: of the same site, with a
 * few changes, ended in the ordinary way.
 */
final class Archive {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration CHANGE = Duration.ofMillis(400);
  private static final int CHANGES = 6;

  private Archive() {}

  /**
   * Makes it anew; the proxy runs, Weir does not.
   *
   * @param pool one that the site has
   * @param members of it, as {@link Site#members} wants them; at least two
   */
  static void make(Path checkout, Site site, String pool, List<String> members)
      throws IOException, InterruptedException {
    Files.deleteIfExists(checkout.resolve("app/target/weir-run.aot"));
    try (WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER)) {
      for (int i = 0; i < CHANGES; i++) {
        site.members(pool, i % 2 == 0 ? members.subList(1, members.size()) : members);
        Thread.sleep(CHANGE);
      }
      weir.end(PATIENCE);
    }
  }
}
