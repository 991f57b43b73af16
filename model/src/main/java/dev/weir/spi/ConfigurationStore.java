package dev.weir.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Keeps the configuration that was accepted last, for a start at which the files are bad. */
public interface ConfigurationStore {

  /**
   * The one accepted last; absent when none ever was.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  Optional<Accepted> lastAccepted() throws StoreException;

  /**
   * Keeps a configuration in place of the former one; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void accept(Accepted configuration) throws StoreException;

  /**
   * A configuration as it was written.
   *
   * @param files the text of each file by its path, the main file first, then those it includes
   * @param at when it was accepted
   */
  record Accepted(SequencedMap<String, String> files, Instant at) {
    public Accepted {
      files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
    }
  }
}
