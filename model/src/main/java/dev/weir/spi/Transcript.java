package dev.weir.spi;

/**
 * Takes down what a probe does and hears, line by line, for people. Used by the thread that probes.
 */
@FunctionalInterface
public interface Transcript {

  /** Nobody reads it. */
  Transcript NONE = (voice, text) -> {};

  /** Who says it. */
  enum Voice {
    /** The probe, about what it does. */
    NOTE,
    /** The probe to the member. */
    SENT,
    /** The member to the probe. */
    RECEIVED
  }

  /**
   * Takes one line down.
   *
   * @param text without secrets of the configuration; what a member says is as it came
   */
  void line(Voice voice, String text);

  /** Takes down what the probe does. */
  default void note(String text) {
    line(Voice.NOTE, text);
  }
}
