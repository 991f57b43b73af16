package dev.weir.plugin;

import dev.weir.spi.KeyValueStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store whose client is brought by a plug-in: it is opened by the first watch. */
public final class LateStore implements KeyValueStore {

  private final Opener opener;

  /** Absent before the first watch; guarded by this. */
  private @Nullable KeyValueStore open;

  /** Opens the store. */
  @FunctionalInterface
  public interface Opener {
    /**
     * @throws IOException when the plug-in cannot be had
     */
    KeyValueStore open() throws IOException;
  }

  public LateStore(Opener opener) {
    this.opener = opener;
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    store().watch(prefix, sink);
  }

  private synchronized KeyValueStore store() throws IOException {
    KeyValueStore store = open;
    if (store == null) {
      store = opener.open();
      open = store;
    }
    return store;
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
    }
  }
}
