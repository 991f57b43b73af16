package dev.weir.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: all commands under {@code weir}. */
public final class Cli {

  private Cli() {}

  /** The commands, ready to execute. */
  public static CommandLine of(Program program) {
    CommandLine weir = new CommandLine(new Weir());
    weir.addSubcommand(new CheckCommand(program));
    weir.addSubcommand(new PlanCommand(program));
    weir.setCaseInsensitiveEnumValuesAllowed(true);
    weir.addMixin("help", new HelpOption());
    weir.getSubcommands().values().forEach(command -> command.addMixin("help", new HelpOption()));
    return weir;
  }

  /** {@code weir} alone. */
  @Command(
      name = "weir",
      description = "Keeps the upstream servers of nginx and HAProxy in step with what runs.",
      synopsisSubcommandLabel = "COMMAND")
  private static final class Weir implements Runnable {

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
  }
}
