package dev.weir.testkit.real;

import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.testkit.contract.ProxyRig;
import java.io.IOException;
import java.util.List;

/** What the rigs of real proxies share: two pools, their backends, and clients of both. */
public abstract class RealRig implements ProxyRig {

  public static final PoolId WEB = new PoolId("web");
  public static final PoolId SHOP = new PoolId("shop");

  private final Backends backends = Backends.start(BACKENDS);

  /** Starts the backends. */
  protected RealRig() throws IOException {}

  /**
   * Where the proxy serves a pool.
   *
   * @param pool its number in {@link #pools}
   * @return a loopback port
   */
  protected abstract int port(int pool);

  @Override
  public List<PoolId> pools() {
    return List.of(WEB, SHOP);
  }

  @Override
  public Endpoint backend(int number) {
    return backends.endpoint(number);
  }

  @Override
  public List<Answer> ask(PoolId pool, int requests) throws IOException {
    return client(pool).ask(requests);
  }

  @Override
  public Held hold(PoolId pool) throws IOException {
    return client(pool).hold();
  }

  private BackendClient client(PoolId pool) {
    return new BackendClient(backends, port(pools().indexOf(pool)));
  }

  /** Ends the backends. */
  @Override
  public void close() throws Exception {
    backends.close();
  }
}
