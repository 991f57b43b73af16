package dev.weir.spi;

import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import java.time.Duration;
import java.util.Optional;

/**
 * What a proxy says of one of its servers at one moment.
 *
 * @param server its name in the proxy
 * @param endpoint absent where the proxy does not tell
 * @param status in the proxy's own words, {@code UP 1/3}
 * @param check the result of the proxy's own check, in its words; absent where it has none
 * @param lastChange how long ago the status changed
 */
public record ServerRow(
    PoolId pool,
    String server,
    Optional<Endpoint> endpoint,
    String status,
    Optional<String> check,
    Load load,
    Duration lastChange) {

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
