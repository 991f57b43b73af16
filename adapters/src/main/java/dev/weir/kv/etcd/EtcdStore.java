package dev.weir.kv.etcd;

import dev.weir.net.HttpOrigin;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A cluster as a store of texts. A watch talks to one member at a time and goes on with the next
 * when that fails.
 */
final class EtcdStore implements KeyValueStore {

  private final List<EtcdClient> clients = new ArrayList<>();
  private final Function<EtcdClient, Watching> watching;

  /** The number of the member that answered last. */
  private volatile int current;

  /** How one member is watched, in the version of the API that is spoken. */
  @FunctionalInterface
  interface Watching {
    void follow(String prefix, Sink sink) throws IOException, InterruptedException;
  }

  /**
   * A store; does no I/O yet.
   *
   * @param timeout for one answer
   */
  EtcdStore(EtcdOptions options, Function<EtcdClient, Watching> watching, Duration timeout) {
    this.watching = watching;
    for (HttpOrigin endpoint : options.endpoints()) {
      clients.add(new EtcdClient(endpoint, options, timeout));
    }
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    String checked = KeyValueStore.checkPrefix(prefix);
    List<String> failures = new ArrayList<>();
    int first = current;
    for (int i = 0; i < clients.size(); i++) {
      int number = (first + i) % clients.size();
      Heard heard = new Heard(sink, number);
      try {
        watching.apply(clients.get(number)).follow(checked, heard);
      } catch (RefusedException refused) {
        throw refused;
      } catch (IOException failed) {
        if (heard.something) {
          current = (number + 1) % clients.size();
          throw failed;
        }
        failures.add(String.valueOf(failed.getMessage()));
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  @Override
  public void close() {
    clients.forEach(EtcdClient::close);
  }

  /** Passes on what is told, and notes that something was. */
  private final class Heard implements Sink {
    private final Sink sink;
    private final int number;
    private boolean something;

    Heard(Sink sink, int number) {
      this.sink = sink;
      this.number = number;
    }

    @Override
    public void pairs(SortedMap<String, String> pairs) {
      if (!something) {
        something = true;
        current = number;
      }
      sink.pairs(pairs);
    }
  }
}
