package dev.weir.model;

import java.util.Optional;

/** What became of a plan. */
public sealed interface Outcome {

  /** How the proxy was brought to it. */
  enum Way {
    LIVE,
    RELOAD,
    /** The proxy does not run: its files are ready for its start. */
    FILES_ONLY
  }

  /** Done, and read back from the proxy. */
  record Applied(Fingerprint target, Way way) implements Outcome {}

  /**
   * The proxy refused these bytes; the last good ones serve. Tried again when the inputs or any
   * file of the proxy's own configuration change.
   *
   * @param message the proxy's own words
   * @param place {@code FILE:LINE} where it names one
   * @param foreign whether the cause lies outside Weir's text
   */
  record Rejected(String message, Optional<String> place, boolean foreign) implements Outcome {}

  /**
   * It did not work out; tried again.
   *
   * @param step what was being done
   * @param reason one line for people
   */
  record Failed(String step, String reason) implements Outcome {}
}
