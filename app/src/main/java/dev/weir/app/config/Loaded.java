package dev.weir.app.config;

import java.util.List;

/** What became of reading a configuration. */
public sealed interface Loaded {

  /** Nothing is wrong with it. */
  record Accepted(WeirConfig config, ConfigText text) implements Loaded {}

  /**
   * It cannot be used.
   *
   * @param problems all that was found, in the order of files and lines; at least one
   */
  record Refused(List<Problem> problems) implements Loaded {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
