package dev.weir.app.cli;

import java.nio.file.Path;

/** What commands that work without a running Weir ask of the program. */
public interface Program {

  /** Says what is wrong, or will hurt, with a configuration and all that it names. */
  ExitCode check(CheckRequest request);

  /** Says what would be done now. */
  ExitCode plan(PlanRequest request);

  /** How far a check goes. */
  enum Reach {
    /** Files only. */
    OFFLINE,
    /** Sources and proxies too. */
    ONLINE
  }

  /** For {@link #check}. */
  record CheckRequest(Path config, Reach reach, Output output) {}

  /** For {@link #plan}. */
  record PlanRequest(Path config, Output output) {}
}
