package dev.weir.source.docker;

import dev.weir.net.HttpTarget;
import dev.weir.spi.Time;
import java.util.HashMap;
import java.util.Map;

/** The engines that are being followed: each once, as long as a source looks at it. */
final class Engines {

  private final Pace pace;

  /** Guarded by itself. */
  private final Map<HttpTarget, Shared> followed = new HashMap<>();

  /** A watch and how many look at it. */
  private static final class Shared {
    private final EngineWatch watch;
    private int lookers;

    private Shared(EngineWatch watch) {
      this.watch = watch;
    }
  }

  Engines(Pace pace) {
    this.pace = pace;
  }

  /** One source's share in a watch. */
  interface Lease extends AutoCloseable {
    EngineWatch watch();

    /** Gives it back; ends the watch when it was the last. */
    @Override
    void close();
  }

  /** Takes a share in the watch of an engine; starts it when it is the first. */
  Lease follow(HttpTarget target, Time time) {
    synchronized (followed) {
      Shared shared = followed.get(target);
      if (shared == null) {
        shared = new Shared(new EngineWatch(target, time, pace));
        shared.watch.start();
        followed.put(target, shared);
      }
      shared.lookers++;
      return lease(target, shared);
    }
  }

  private Lease lease(HttpTarget target, Shared shared) {
    return new Lease() {
      @Override
      public EngineWatch watch() {
        return shared.watch;
      }

      @Override
      public void close() {
        if (leave(target, shared)) {
          shared.watch.stop();
        }
      }
    };
  }

  /** Tells whether nobody is left. */
  private boolean leave(HttpTarget target, Shared shared) {
    synchronized (followed) {
      shared.lookers--;
      if (shared.lookers == 0) {
        followed.remove(target);
      }
      return shared.lookers == 0;
    }
  }
}
