package dev.weir.kv.zookeeper.client;

import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One session with an ensemble. The library mends lost connections by itself; a session is over for
 * Weir when that takes too long, or the ensemble says so. Safe for any thread.
 */
final class Session implements Watcher {

  /** How long a farewell is waited for; after that the ensemble finds out by itself. */
  private static final Duration FAREWELL = Duration.ofMillis(300);

  /** The largest answer that is taken: the names of some hundred thousand nodes. */
  private static final int LARGEST = 64 * 1024 * 1024;

  private final ZookeeperOptions options;
  private final Means means;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private State state = State.CONNECTING;

  /** Absent before it is begun; guarded by the lock. */
  private @Nullable ZooKeeper zookeeper;

  /**
   * What it needs besides.
   *
   * @param onEnd called once, when it is over for Weir
   */
  record Means(ZookeeperPatience patience, Time time, Runnable onEnd) {}

  private enum State {
    CONNECTING,
    CONNECTED,
    REFUSED,
    OVER
  }

  Session(ZookeeperOptions options, Means means) {
    this.options = options;
    this.means = means;
  }

  /**
   * Begins it, if nobody has yet.
   *
   * @throws IOException also when the password cannot be read
   */
  void begin() throws IOException {
    lock.lock();
    try {
      if (zookeeper == null) {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        config.setProperty(ZKClientConfig.JUTE_MAXBUFFER, Integer.toString(LARGEST));
        Optional<byte[]> login = login();
        ZooKeeper begun =
            new ZooKeeper(
                options.servers().stream().map(Object::toString).collect(Collectors.joining(",")),
                (int) means.patience().session().toMillis(),
                this,
                false,
                config);
        login.ifPresent(proof -> begun.addAuthInfo("digest", proof));
        zookeeper = begun;
      }
    } catch (IllegalArgumentException | IOException wrong) {
      throw new IOException("%s: %s".formatted(options, wrong.getMessage()), wrong);
    } finally {
      lock.unlock();
    }
  }

  private Optional<byte[]> login() throws IOException {
    if (options.login().isEmpty()) {
      return Optional.empty();
    }
    ZookeeperOptions.Login login = options.login().get();
    String proof = login.user() + ":" + login.password().reveal();
    return Optional.of(proof.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits until there is a connection.
   *
   * @throws IOException when there is none in time, or the session has ended
   */
  void awaitConnection() throws IOException, InterruptedException {
    Time time = means.time();
    long deadline = time.nanos() + means.patience().answer().toNanos();
    lock.lockInterruptibly();
    try {
      while (state == State.CONNECTING && time.nanos() < deadline) {
        time.await(lock, changed, Duration.ofNanos(deadline - time.nanos()));
      }
      switch (state) {
        case CONNECTED -> {}
        case REFUSED -> throw new RefusedException(options + ": the login is refused");
        case OVER -> throw new IOException(options + ": the session has expired");
        case CONNECTING -> {
          end(State.OVER);
          throw new IOException(
              "%s: no connection within %d ms"
                  .formatted(options, means.patience().answer().toMillis()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what the library says of the connection. */
  @Override
  public void process(WatchedEvent event) {
    lock.lock();
    try {
      switch (event.getState()) {
        case SyncConnected, ConnectedReadOnly, SaslAuthenticated -> set(State.CONNECTED);
        case Disconnected -> set(State.CONNECTING);
        case AuthFailed -> end(State.REFUSED);
        case Expired, Closed -> end(State.OVER);
        default -> {} // names that the library keeps for old programs
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(State now) {
    if (state == State.CONNECTING || state == State.CONNECTED) {
      state = now;
      changed.signalAll();
    }
  }

  private void end(State how) {
    if (state != State.REFUSED && state != State.OVER) {
      state = how;
      changed.signalAll();
      means.onEnd().run();
    }
  }

  /** News of everything at and below a path, from now on. */
  void watch(String path, News news) throws IOException, InterruptedException {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    library()
        .addWatch(
            path,
            news,
            AddWatchMode.PERSISTENT_RECURSIVE,
            (code, asked, context) -> done.complete(code),
            null);
    answers().check(path, answers().of(done));
  }

  /** Ends these news. */
  void forget(String path, News news) {
    library().removeWatches(path, news, WatcherType.Any, true, (code, asked, context) -> {}, null);
  }

  /** Asks for a node; what comes says whether it is there. */
  CompletableFuture<Answers.Found> node(String path) {
    CompletableFuture<Answers.Found> found = new CompletableFuture<>();
    library()
        .getData(
            path,
            false,
            (code, asked, context, data, stat) ->
                found.complete(
                    new Answers.Found(
                        code,
                        stat == null ? 0 : stat.getNumChildren(),
                        data == null ? "" : new String(data, StandardCharsets.UTF_8))),
            null);
    return found;
  }

  /** Asks for the names of a node's children. */
  CompletableFuture<Answers.Children> children(String path) {
    CompletableFuture<Answers.Children> found = new CompletableFuture<>();
    library()
        .getChildren(
            path,
            false,
            (code, asked, context, names) ->
                found.complete(new Answers.Children(code, names == null ? List.of() : names)),
            null);
    return found;
  }

  /** What waits for answers. */
  Answers answers() {
    return new Answers(options.toString(), means.patience().answer());
  }

  private ZooKeeper library() {
    ZooKeeper begun = begun();
    if (begun == null) {
      throw new IllegalStateException("not begun");
    }
    return begun;
  }

  private @Nullable ZooKeeper begun() {
    lock.lock();
    try {
      return zookeeper;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it, politely where the ensemble answers; on a thread of its own, which can be given up.
   */
  void close() {
    ZooKeeper begun = begun();
    if (begun == null) {
      return;
    }
    Thread farewell = Thread.startVirtualThread(() -> closeNow(begun));
    boolean interrupted = Thread.interrupted();
    try {
      if (!farewell.join(FAREWELL)) {
        farewell.interrupt();
        boolean ignored = farewell.join(FAREWELL);
      }
    } catch (InterruptedException again) {
      interrupted = true;
      farewell.interrupt();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeNow(ZooKeeper begun) {
    try {
      begun.close();
    } catch (InterruptedException givenUp) {
      // the library has ended its threads all the same
    }
  }
}
