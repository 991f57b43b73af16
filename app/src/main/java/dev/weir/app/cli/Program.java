package dev.weir.app.cli;

import dev.weir.app.run.LogFormat;
import java.nio.file.Path;

/** What commands that work without a running Weir ask of the program. */
public interface Program {

  /** Runs Weir in the foreground. */
  ExitCode run(RunRequest request);

  /** Says what is wrong, or will hurt, with a configuration and all that it names. */
  ExitCode check(CheckRequest request);

  /** Says what would be done now. */
  ExitCode plan(PlanRequest request);

  /** How long Weir runs. */
  enum Until {
    /** Until it is told to stop. */
    STOPPED,
    /** Until every proxy has had an outcome once. */
    APPLIED
  }

  /** What Weir may do to proxies. */
  enum Hands {
    /** All that is needed. */
    ON,
    /** Nothing: it looks, and says what it would do. */
    OFF
  }

  /** How far a check goes. */
  enum Reach {
    /** Files only. */
    OFFLINE,
    /** Sources and proxies too. */
    ONLINE
  }

  /** For {@link #run}. */
  record RunRequest(Path config, Until until, Hands hands, LogFormat log) {}

  /** For {@link #check}. */
  record CheckRequest(Path config, Reach reach, Output output) {}

  /** For {@link #plan}. */
  record PlanRequest(Path config, Output output) {}
}
