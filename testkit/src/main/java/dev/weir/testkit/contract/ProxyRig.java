package dev.weir.testkit.contract;

import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A proxy under test, its backends, and everything that people and accidents do to it beside Weir.
 * The contract test works on it; a test of a driver makes one for its proxy. Nothing runs yet when
 * a rig is new, and the file that the driver owns is not there or carries no member.
 *
 * <p>Both pools have {@code {name}} and {@code {label:zone}} in their server parameters where the
 * proxy has a place for free text.
 */
public interface ProxyRig {

  /** How many backends there are. */
  int BACKENDS = 5;

  /** What a client got: the status, and the backend that answered where one did. */
  record Answer(int status, Optional<Endpoint> by) {}

  /** A request whose answer has begun and not ended. */
  interface Held extends AutoCloseable {

    /** The backend that answers. */
    Endpoint by();

    /** Lets the backend finish and reads the rest; status 0 where the connection was cut. */
    Answer finish() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Something broken; closing mends it. */
  interface Broken extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** The clock that the driver is given; waiting happens on it. */
  Time time();

  /** The two pools that the proxy carries, each reachable by clients. */
  List<PoolId> pools();

  /**
   * A server that answers every request with 200 and can be told apart.
   *
   * @param number 0 to {@link #BACKENDS} - 1
   */
  Endpoint backend(int number);

  /** A new driver for the proxy; at most one is open at a time. */
  ProxyDriver open(Checkpoints checkpoints) throws Exception;

  /** The same with a directive in the first pool that the proxy's own check refuses. */
  ProxyDriver openRefused(Checkpoints checkpoints) throws Exception;

  /** Starts the proxy alone, from the files as they lie there; returns when it answers. */
  void start() throws Exception;

  /** Stops it as its administrator would; returns when it is gone. */
  void stop() throws Exception;

  /** Kills every process of it with -9. */
  void kill() throws Exception;

  /** Somebody else reloads it, and it works. */
  void reload() throws Exception;

  /** Somebody takes a ready member out of the running proxy, by whatever means it has. */
  void changeByHand(PoolId pool) throws Exception;

  /** From now on the proxy's check passes, and every reload fails all the same. */
  Broken breakReload() throws Exception;

  /** Breaks the user's own configuration, so that the proxy's check fails outside Weir's text. */
  Broken breakOwnConfiguration() throws Exception;

  /** What the proxy's own check says against the files on disk; empty when it passes. */
  Optional<String> check() throws Exception;

  /**
   * What a client gets of a pool that is empty and should answer a status.
   *
   * @return the status; 0, a connection that is closed, where the proxy knows none
   */
  default int emptyAnswer(int status) {
    return status;
  }

  /** Requests through the proxy, each on a connection of its own. */
  List<Answer> ask(PoolId pool, int requests) throws Exception;

  /** A request through the proxy that stays open until it is told to finish. */
  Held hold(PoolId pool) throws Exception;

  /** Ends everything that it started. */
  void close() throws Exception;
}
