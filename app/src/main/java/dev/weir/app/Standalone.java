package dev.weir.app;

import dev.weir.app.cli.ExitCode;
import dev.weir.app.cli.Program;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Kinds;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Texts;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.survey.Checkup;
import dev.weir.app.survey.Forecast;
import dev.weir.app.survey.Outlook;
import dev.weir.app.survey.Remark;
import dev.weir.model.OperatorOverride;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.store.sqlite.Bystander;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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
          new Surveyed.Found<>(
              new Outlook(accepted.config(), decided(accepted.config()), Time.SYSTEM).look());
    };
  }

  /** What operators decided and still holds, as far as it can be read. */
  private List<OperatorOverride> decided(WeirConfig config) {
    Instant now = Time.SYSTEM.now();
    try {
      return Bystander.overrides(config.state()).stream()
          .filter(o -> o.attribution().until().filter(until -> !until.isAfter(now)).isEmpty())
          .toList();
    } catch (StoreException e) {
      err.println("what operators decided is left out of account: " + e.getMessage());
      return List.of();
    }
  }
}
