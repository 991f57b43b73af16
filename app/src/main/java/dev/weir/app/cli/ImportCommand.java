package dev.weir.app.cli;

import dev.weir.app.takeover.NotImported;
import dev.weir.app.takeover.Proposal;
import java.io.IOException;
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
    CommandLine haproxy = new CommandLine(new ImportHaproxyCommand(shell));
    var _ = haproxy.addMixin("help", new HelpOption());
    return command.addSubcommand(nginx).addSubcommand(haproxy);
  }

  /** Reads another program's files. */
  interface Reading {
    Proposal read() throws IOException, NotImported;
  }

  /** Prints a proposal, or what is wrong with the files. */
  static int print(Shell shell, Reading reading) throws CommandFailed {
    try {
      Proposal proposal = reading.read();
      shell.out().print(proposal.yaml());
      shell.out().flush();
      proposal.notes().forEach(note -> shell.err().println(Terminal.safe(note)));
      return ExitCode.DONE.code();
    } catch (NotImported e) {
      e.problems().forEach(problem -> shell.err().println(Terminal.safe(problem)));
      return ExitCode.USAGE.code();
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Import what?");
  }
}
