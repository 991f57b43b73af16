package dev.weir.app.run;

/** How lines of the log are written. */
public enum LogFormat {
  /** For people: time, level, message, then keys and values. */
  HUMAN,
  /** One JSON object per line. */
  JSON
}
