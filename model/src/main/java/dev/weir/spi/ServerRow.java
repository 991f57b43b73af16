package dev.weir.spi;

import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What a proxy says of one of its servers at one moment.
 *
 * @param server its name in the proxy
 * @param endpoint absent where the proxy does not tell
 * @param status in the proxy's own words, {@code UP 1/3}
 * @param check the result of the proxy's own check, in its words; absent where it has none
 * @param opinion what that check has concluded; absent also before its first conclusion
 * @param lastChange how long ago the status changed
 */
public record ServerRow(
    PoolId pool,
    String server,
    Optional<Endpoint> endpoint,
    String status,
    Optional<String> check,
    Optional<Opinion> opinion,
    Load load,
    Duration lastChange) {

  /**
   * What the proxy's own check concluded, by its own thresholds.
   *
   * @param last what it found last, which may still differ from the conclusion
   */
  public record Opinion(Word word, ProbeResult last) {

    /** The conclusion. */
    public enum Word {
      UP,
      DOWN
    }
  }

  /**
   * What it has to do.
   *
   * @param sessions that go on
   * @param queue requests that wait for it
   * @param rate sessions begun in the last second
   * @param total sessions since the proxy was loaded
   * @param errors connections and answers that failed since then
   */
  public record Load(long sessions, long queue, long rate, long total, long errors) {}
}
