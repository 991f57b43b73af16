package dev.weir.app.cli;

import dev.weir.app.cli.Program.Reach;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir check}. */
@Command(
    name = "check",
    description = "Checks the configuration, and that every source and proxy can be reached.",
    footer = {
      "",
      "Exit code: 0 all is well, 1 something cannot work, 2 the configuration is wrong."
    })
final class CheckCommand implements Callable<Integer> {

  private final Program program;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--offline", description = "Reads files only.")
  private boolean offline;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How the findings are written.")
  private Output output = Output.TABLE;

  CheckCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Reach reach = offline ? Reach.OFFLINE : Reach.ONLINE;
    return program.check(new Program.CheckRequest(config.file(), reach, output)).code();
  }
}
