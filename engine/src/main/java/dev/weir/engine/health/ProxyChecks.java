package dev.weir.engine.health;

import dev.weir.engine.run.Runner;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.spi.ServerRow;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads what the proxies' own checks conclude about members, in place of probing them a second
 * time, and tells it to whoever takes the conclusions of probes. One loop for each pool, so that a
 * proxy that hangs delays no other pool. Safe for any thread.
 */
public final class ProxyChecks {

  private final Means means;
  private final ProbeSink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PoolId, Reading> readings = new HashMap<>(); // guarded by lock

  /** A proxy that can be asked what it says of the servers of a pool. */
  @FunctionalInterface
  public interface Proxy {
    /**
     * Asks now.
     *
     * @throws IOException when it cannot be asked
     */
    List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException;
  }

  /**
   * What the conclusions are read with.
   *
   * @param inputs the newest: who is a member, and what is known of it already
   * @param carriers the proxies that carry a pool
   */
  public record Means(
      Time time, Runner runner, Supplier<Inputs> inputs, Function<PoolId, List<Proxy>> carriers) {}

  private record Reading(ProxyCheckPolicy policy, ProxyWatch watch, Runner.Running running) {
    void stop() {
      watch.stop();
      running.stop();
    }
  }

  public ProxyChecks(Means means, ProbeSink sink) {
    this.means = means;
    this.sink = sink;
  }

  /** Reads for these pools from now on, and no others; where nothing changed, it goes on. */
  public void configure(Map<PoolId, ProxyCheckPolicy> pools) {
    lock.lock();
    try {
      readings
          .entrySet()
          .removeIf(entry -> {
            boolean other = !entry.getValue().policy().equals(pools.get(entry.getKey()));
            if (other) {
              entry.getValue().stop();
            }
            return other;
          });
      pools.forEach((pool, policy) -> readings.computeIfAbsent(pool, id -> start(id, policy)));
    } finally {
      lock.unlock();
    }
  }

  private Reading start(PoolId pool, ProxyCheckPolicy policy) {
    ProxyWatch watch = new ProxyWatch(pool, policy, means, sink);
    return new Reading(policy, watch, means.runner().start("checks of " + pool, watch));
  }

  /** What a proxy's check found last of a member; absent where none was asked, or none has. */
  public Optional<LastLook> last(MemberId member) {
    lock.lock();
    try {
      return Optional.ofNullable(readings.get(member.pool()))
          .flatMap(reading -> reading.watch().last(member));
    } finally {
      lock.unlock();
    }
  }
}
