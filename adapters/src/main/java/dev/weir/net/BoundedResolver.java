package dev.weir.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks host names up for so long at most. The machine's resolver heeds neither a deadline nor an
 * interrupt, so that it is asked on a platform thread of its own, one for each name: who asks again
 * while a lookup hangs waits for the same one.
 */
final class BoundedResolver implements SocketAddressResolver {

  private final Lookup lookup;
  private final Duration limit;
  private final Map<String, FutureTask<InetAddress[]>> running = new ConcurrentHashMap<>();

  /** Asks for the addresses of a name. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * @param limit for one lookup
   */
  BoundedResolver(Lookup lookup, Duration limit) {
    this.lookup = lookup;
    this.limit = limit;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    FutureTask<InetAddress[]> asked = asked(host);
    try {
      InetAddress[] found = asked.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      promise.succeeded(
          Arrays.stream(found).map(address -> new InetSocketAddress(address, port)).toList());
    } catch (TimeoutException late) {
      promise.failed(
          new UnknownHostException(
              "%s: not resolved within %d ms".formatted(host, limit.toMillis())));
    } catch (ExecutionException failed) {
      promise.failed(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      promise.failed(interrupted);
    }
  }

  private FutureTask<InetAddress[]> asked(String host) {
    FutureTask<InetAddress[]> fresh = new FutureTask<>(() -> lookup.addresses(host));
    FutureTask<InetAddress[]> known = running.putIfAbsent(host, fresh);
    if (known != null) {
      return known;
    }
    Thread ignored =
        Thread.ofPlatform()
            .name("resolve " + host)
            .daemon()
            .start(() -> {
              fresh.run();
              running.remove(host, fresh);
            });
    return fresh;
  }
}
