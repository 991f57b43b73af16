package dev.weir.testkit.contract;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A key-value store under test, as its contract and the source on top of it control it. */
public interface KeyValueWorld extends AutoCloseable {

  /** A new client of this store; the caller closes it. */
  KeyValueStore store();

  /** Below which key everything of this world stands: {@code /world-3}. */
  String root();

  /** Writes a key; the store works from now on. */
  void put(String key, String value) throws Exception;

  /** Takes a key away, if it is there. */
  void delete(String key) throws Exception;

  /** From now on the store fails. Ended by {@link #heal}. */
  void fail(Fault fault) throws Exception;

  /** The store works, with what it held. */
  void heal() throws Exception;

  /** The store loses its history and everything in it, then holds these pairs. */
  void recreate(Map<String, String> pairs) throws Exception;

  /** What this world cannot do, each with the reason. */
  Map<Ability, String> unable();

  /** The longest that a client may take to notice anything, also a store that hangs. */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** How long threads and connections of a store that was closed may still end. */
  default Duration farewell() {
    return Duration.ofSeconds(1);
  }

  @Override
  void close() throws IOException;
}
