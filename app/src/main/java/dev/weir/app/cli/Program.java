package dev.weir.app.cli;

import dev.weir.app.config.Problem;
import dev.weir.app.run.LogFormat;
import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Remark;
import java.nio.file.Path;
import java.util.List;

/** What commands that work without a running Weir ask of the program. */
public interface Program {

  /** Runs Weir in the foreground. */
  ExitCode run(RunRequest request);

  /** Says what is wrong, or will hurt, with a configuration and all that it names. */
  Surveyed<Remark> check(Path config, Reach reach) throws InterruptedException;

  /** Says what would be done to every proxy now. */
  Surveyed<Forecast> plan(Path config) throws InterruptedException;

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

  /** What becomes of listeners that other machines reach, without TLS. */
  enum Exposure {
    /** Weir does not start. */
    REFUSED,
    /** They are served: whoever reaches them reads everything, and tokens cross in the clear. */
    ALLOWED
  }

  /** How far a check goes. */
  enum Reach {
    /** Files only. */
    OFFLINE,
    /** Sources and proxies too. */
    ONLINE
  }

  /** For {@link #run}. */
  record RunRequest(Path config, Until until, Hands hands, Exposure exposure, LogFormat log) {}

  /** What was found out by looking at everything that a configuration names. */
  sealed interface Surveyed<T> {

    /** The configuration cannot be used, so nothing was looked at. */
    record Refused<T>(List<Problem> problems) implements Surveyed<T> {
      public Refused {
        problems = List.copyOf(problems);
      }
    }

    /** What was found, in the order of the configuration. */
    record Found<T>(List<T> findings) implements Surveyed<T> {
      public Found {
        findings = List.copyOf(findings);
      }
    }
  }
}
