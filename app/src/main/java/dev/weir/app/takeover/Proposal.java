package dev.weir.app.takeover;

import java.util.List;

/**
 * A configuration of Weir's that was made from another program's.
 *
 * @param yaml the text of a {@code weir.yaml}
 * @param notes what means something else there, was not taken over, or is left to do; one line each
 */
public record Proposal(String yaml, List<String> notes) {
  public Proposal {
    notes = List.copyOf(notes);
  }
}
