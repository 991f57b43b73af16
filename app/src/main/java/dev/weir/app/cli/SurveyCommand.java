package dev.weir.app.cli;

import dev.weir.app.cli.Program.Surveyed;
import dev.weir.app.config.Problem;
import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that looks at everything that a configuration names, and changes nothing. */
abstract class SurveyCommand<T> implements Callable<Integer> {

  private final Shell shell;

  @Mixin ConfigOption config = new ConfigOption();
  @Mixin OutputOptions output = new OutputOptions();

  SurveyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return switch (survey()) {
      case Surveyed.Refused<T> refused -> refused(refused.problems());
      case Surveyed.Found<T> found -> found(found.findings()).code();
    };
  }

  abstract Surveyed<T> survey() throws InterruptedException;

  abstract ExitCode found(List<T> findings);

  Shell shell() {
    return shell;
  }

  private int refused(List<Problem> problems) {
    output.print(
        shell,
        new JsonObject().with("problems", problems.stream().map(SurveyCommand::json).toList()),
        people -> {
          problems.forEach(problem -> people.err().println(problem));
          people.err().println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        });
    return ExitCode.USAGE.code();
  }

  private static JsonObject json(Problem problem) {
    return new JsonObject()
        .with("file", problem.place().file())
        .with("line", problem.place().line())
        .with("column", problem.place().column())
        .with("path", problem.path())
        .with("message", problem.text());
  }
}
