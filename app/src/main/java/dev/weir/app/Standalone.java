package dev.weir.app;

import dev.weir.app.cli.ExitCode;
import dev.weir.app.cli.Program;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Kinds;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Problem;
import dev.weir.app.config.Texts;
import dev.weir.app.survey.Checkup;
import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Outlook;
import dev.weir.app.survey.Remark;
import dev.weir.spi.Finding;
import dev.weir.spi.Time;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The commands that need no running Weir. */
final class Standalone implements Program {

  private final ConfigLoader loader;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  Standalone(Kinds kinds) {
    this.loader = new ConfigLoader(kinds);
  }

  @Override
  public ExitCode run(RunRequest request) {
    return new Foreground(request, loader, err).run();
  }

  @Override
  public ExitCode check(CheckRequest request) {
    return switch (loader.load(request.config(), Texts.DISK)) {
      case Loaded.Refused refused -> refused(refused.problems());
      case Loaded.Accepted accepted -> check(request, accepted);
    };
  }

  @Override
  public ExitCode plan(PlanRequest request) {
    return switch (loader.load(request.config(), Texts.DISK)) {
      case Loaded.Refused refused -> refused(refused.problems());
      case Loaded.Accepted accepted -> plan(accepted);
    };
  }

  private ExitCode plan(Loaded.Accepted accepted) {
    try {
      List<Forecast> forecasts = new Outlook(accepted.config(), List.of(), Time.SYSTEM).look();
      forecasts.forEach(forecast -> forecast.lines().forEach(out::println));
      if (forecasts.stream().anyMatch(forecast -> forecast instanceof Forecast.Unknown)) {
        return ExitCode.FAILED;
      }
      return forecasts.stream().allMatch(Forecast::inSync) ? ExitCode.DONE : ExitCode.DIFFERS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private ExitCode refused(List<Problem> problems) {
    problems.forEach(err::println);
    err.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
    return ExitCode.USAGE;
  }

  private ExitCode check(CheckRequest request, Loaded.Accepted accepted) {
    try {
      Checkup checkup = new Checkup(accepted.config(), Time.SYSTEM);
      List<Remark> remarks =
          request.reach() == Reach.OFFLINE ? checkup.offline() : checkup.online();
      remarks.forEach(remark ->
          out.println(
              "%-8s %s: %s"
                  .formatted(
                      remark.finding().severity(), remark.part(), remark.finding().message())));
      boolean failed =
          remarks.stream().anyMatch(r -> r.finding().severity() == Finding.Severity.ERROR);
      return failed ? ExitCode.FAILED : ExitCode.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }
}
