package dev.weir.app.cli;

import dev.weir.app.takeover.HaproxyImport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir import haproxy}. */
@Command(
    name = "haproxy",
    description = {
      "Proposes a pool for each backend and listen section of an HAProxy configuration that has",
      "servers, with these as static members, kept in the sections where they stand."
    },
    footer = {"", "Example:", "  weir import haproxy /etc/haproxy/haproxy.cfg > weir.yaml"})
final class ImportHaproxyCommand implements Callable<Integer> {

  private final Shell shell;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "The -f files and folders of HAProxy's command line, in order.")
  private List<Path> files = List.of();

  ImportHaproxyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailed {
    List<Path> paths = files.stream().map(shell.folder()::resolve).toList();
    return ImportCommand.print(shell, () -> HaproxyImport.of(paths));
  }
}
