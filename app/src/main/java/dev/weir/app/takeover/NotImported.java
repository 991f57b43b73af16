package dev.weir.app.takeover;

import java.util.List;

/** Files that are no configuration of the program whose they should be: nothing is proposed. */
public final class NotImported extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems each {@code FILE:LINE:COLUMN: message}; at least one
   */
  public NotImported(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, and where. */
  public List<String> problems() {
    return problems;
  }
}
