package dev.weir.app.cli;

import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Remark;
import java.nio.file.Path;

/** The program of commands that ask nothing of it. */
final class Unused implements Program {
  @Override
  public ExitCode run(RunRequest request) {
    throw new AssertionError("run");
  }

  @Override
  public Surveyed<Remark> check(Path config, Reach reach) {
    throw new AssertionError("check");
  }

  @Override
  public Surveyed<Forecast> plan(Path config) {
    throw new AssertionError("plan");
  }
}
