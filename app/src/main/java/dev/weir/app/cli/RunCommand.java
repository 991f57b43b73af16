package dev.weir.app.cli;

import dev.weir.app.cli.Program.Exposure;
import dev.weir.app.cli.Program.Hands;
import dev.weir.app.cli.Program.Until;
import dev.weir.app.run.LogFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir run}. */
@Command(
    name = "run",
    description = "Keeps all proxies in step, in the foreground.",
    footer = {
      "",
      "SIGHUP reads the configuration again; what did not change goes on undisturbed.",
      "SIGTERM and SIGINT stop Weir and leave every proxy as it is."
    })
final class RunCommand implements Callable<Integer> {

  private final Program program;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--once",
      description = "Brings every proxy in step once, then exits: 0 if all are, else 1.")
  private boolean once;

  @Option(names = "--dry-run", description = "Never touches a proxy: says what would be done.")
  private boolean dryRun;

  @Option(
      names = "--insecure",
      description =
          "Also serves listeners that other machines reach without TLS: whoever reaches one reads"
              + " everything, and who listens on the way sees tokens and may use them.")
  private boolean insecure;

  @Option(
      names = "--log-format",
      paramLabel = "human|json",
      defaultValue = "human",
      description = "How the log is written.")
  private LogFormat logFormat = LogFormat.HUMAN;

  RunCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Program.RunRequest request =
        new Program.RunRequest(
            config.file(),
            once ? Until.APPLIED : Until.STOPPED,
            dryRun ? Hands.OFF : Hands.ON,
            insecure ? Exposure.ALLOWED : Exposure.REFUSED,
            logFormat);
    return program.run(request).code();
  }
}
