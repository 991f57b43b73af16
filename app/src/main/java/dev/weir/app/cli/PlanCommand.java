package dev.weir.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir plan}. */
@Command(
    name = "plan",
    description = "Says what would be done to every proxy now, and why; changes nothing.",
    footer = {
      "",
      "Sources are asked once; members are not probed but taken as passing their check.",
      "Exit code: 0 all proxies are in step, 3 something would be done, 1 something cannot be told,",
      "2 the configuration is wrong."
    })
final class PlanCommand implements Callable<Integer> {

  private final Program program;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How the plan is written.")
  private Output output = Output.TABLE;

  PlanCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    return program.plan(new Program.PlanRequest(config.file(), output)).code();
  }
}
