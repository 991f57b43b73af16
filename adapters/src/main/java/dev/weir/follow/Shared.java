package dev.weir.follow;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Things that are dear to have twice: one per key, opened for the first who needs it and closed
 * after the last. Safe for any thread.
 *
 * @param <K> what makes two of them the same, a value
 */
public final class Shared<K, V> {

  private final Opener<K, V> opener;
  private final Consumer<V> closer;

  /** Guarded by itself. */
  private final Map<K, Held<V>> held = new HashMap<>();

  /** Makes a thing. */
  @FunctionalInterface
  public interface Opener<K, V> {
    V open(K key) throws InterruptedException;
  }

  /** One holder's share in a thing. */
  public interface Lease<V> extends AutoCloseable {
    V get();

    /** Gives the share back, once; ends the thing when it was the last. */
    @Override
    void close();
  }

  private static final class Held<V> {
    private final V value;
    private int holders;

    private Held(V value) {
      this.value = value;
    }
  }

  public Shared(Opener<K, V> opener, Consumer<V> closer) {
    this.opener = opener;
    this.closer = closer;
  }

  /** Takes a share; opens the thing when it is the first. */
  public Lease<V> take(K key) throws InterruptedException {
    synchronized (held) {
      Held<V> found = held.get(key);
      if (found == null) {
        found = new Held<>(opener.open(key));
        held.put(key, found);
      }
      found.holders++;
      return lease(key, found);
    }
  }

  private Lease<V> lease(K key, Held<V> of) {
    return new Lease<>() {
      @Override
      public V get() {
        return of.value;
      }

      @Override
      public void close() {
        if (leave(key, of)) {
          closer.accept(of.value);
        }
      }
    };
  }

  /** Tells whether nobody is left. */
  private boolean leave(K key, Held<V> of) {
    synchronized (held) {
      of.holders--;
      if (of.holders == 0) {
        held.remove(key);
      }
      return of.holders == 0;
    }
  }
}
