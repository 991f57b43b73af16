package dev.weir.source.serf;

import java.util.List;

/** What an agent has to say. */
sealed interface SerfNews {

  /** All nodes that it knows, also those that have left or failed. */
  record Listed(List<SerfNode> nodes) implements SerfNews {
    public Listed {
      nodes = List.copyOf(nodes);
    }
  }

  /** Nodes that came, left, failed or changed. */
  record Changed(List<SerfNode> nodes) implements SerfNews {
    public Changed {
      nodes = List.copyOf(nodes);
    }
  }

  /** Nodes that are of the past. */
  record Forgotten(List<SerfNode> nodes) implements SerfNews {
    public Forgotten {
      nodes = List.copyOf(nodes);
    }
  }

  /** Nothing, but the time has come to list all nodes. */
  record ListIsDue() implements SerfNews {}
}
