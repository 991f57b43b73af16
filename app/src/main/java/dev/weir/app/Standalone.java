package dev.weir.app;

import dev.weir.app.cli.ExitCode;
import dev.weir.app.cli.Program;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Kinds;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Texts;
import dev.weir.app.survey.Checkup;
import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Outlook;
import dev.weir.app.survey.Remark;
import dev.weir.spi.Time;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The commands that need no running Weir. */
final class Standalone implements Program {

  private final ConfigLoader loader;
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  Standalone(Kinds kinds) {
    this.loader = new ConfigLoader(kinds);
  }

  @Override
  public ExitCode run(RunRequest request) {
    return new Foreground(request, loader, err).run();
  }

  @Override
  public Surveyed<Remark> check(Path config, Reach reach) throws InterruptedException {
    return switch (loader.load(config, Texts.DISK)) {
      case Loaded.Refused refused -> new Surveyed.Refused<>(refused.problems());
      case Loaded.Accepted accepted ->
          new Surveyed.Found<>(
              switch (reach) {
                case OFFLINE -> new Checkup(accepted.config(), Time.SYSTEM).offline();
                case ONLINE -> new Checkup(accepted.config(), Time.SYSTEM).online();
              });
    };
  }

  @Override
  public Surveyed<Forecast> plan(Path config) throws InterruptedException {
    return switch (loader.load(config, Texts.DISK)) {
      case Loaded.Refused refused -> new Surveyed.Refused<>(refused.problems());
      case Loaded.Accepted accepted ->
          new Surveyed.Found<>(new Outlook(accepted.config(), List.of(), Time.SYSTEM).look());
    };
  }
}
