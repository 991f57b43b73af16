package dev.weir.source.docker;

import java.util.Map;

/** What is known of an engine's containers. */
sealed interface Snapshot {

  /** Nothing yet. */
  record Unknown() implements Snapshot {}

  /**
   * The engine answers.
   *
   * @param containers that run or are paused, by id
   * @param ended how containers came to their end that were seen to, by id; not for ever
   */
  record Known(Map<String, Container> containers, Map<String, String> ended) implements Snapshot {
    public Known {
      containers = Map.copyOf(containers);
      ended = Map.copyOf(ended);
    }
  }

  /**
   * The engine could not be asked.
   *
   * @param reason one line for people
   */
  record Unreachable(String reason) implements Snapshot {}
}
