package dev.weir.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir import}: what it reads is a command of its own. */
@Command(
    name = "import",
    description = {
      "Proposes a weir.yaml from another program's configuration.",
      "Standard output gets the proposal, standard error what to look at. Nothing is changed."
    },
    synopsisSubcommandLabel = "KIND")
final class ImportCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** With all kinds. */
  static CommandLine of(Shell shell) {
    CommandLine command = new CommandLine(new ImportCommand());
    CommandLine nginx = new CommandLine(new ImportNginxCommand(shell));
    var _ = nginx.addMixin("help", new HelpOption());
    return command.addSubcommand(nginx);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Import what?");
  }
}
