package dev.weir.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir man}. */
@Command(
    name = "man",
    description = "Prints the manual page of weir or of a command, or writes all of them.",
    footer = {
      "",
      "Examples:",
      "  weir man drain | man -l -",
      "  weir man --into /usr/local/share/man/man1"
    })
final class ManCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  @Nullable String command;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "Writes the pages of all commands there, and prints nothing.")
  @Nullable Path into;

  ManCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailed {
    CommandLine weir = spec.root().commandLine();
    if (into == null) {
      shell.out().print(ManPage.of(command == null ? weir : named(weir, command)));
    } else {
      write(weir, shell.folder().resolve(into));
    }
    return ExitCode.DONE.code();
  }

  private static CommandLine named(CommandLine weir, String name) throws CommandFailed {
    CommandLine found = weir.getSubcommands().get(name);
    if (found == null) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "no command is called " + Terminal.safe(name),
          Optional.of("weir --help lists them"));
    }
    return found;
  }

  private static void write(CommandLine weir, Path folder) throws CommandFailed {
    try {
      var _ = Files.createDirectories(folder);
      var _ = Files.writeString(folder.resolve("weir.1"), ManPage.of(weir));
      for (CommandLine one : weir.getSubcommands().values()) {
        String page = "weir-%s.1".formatted(one.getCommandName());
        var _ = Files.writeString(folder.resolve(page), ManPage.of(one));
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot write manual pages into %s: %s".formatted(folder, e));
    }
  }
}
