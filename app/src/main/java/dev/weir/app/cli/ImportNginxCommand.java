package dev.weir.app.cli;

import dev.weir.app.takeover.NginxImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir import nginx}. */
@Command(
    name = "nginx",
    description = {
      "Proposes a pool for each upstream of an nginx configuration, with its servers as static",
      "members and its other lines as they are."
    },
    footer = {"", "Example:", "  weir import nginx /etc/nginx/nginx.conf > weir.yaml"})
final class ImportNginxCommand implements Callable<Integer> {

  private final Shell shell;

  @Parameters(paramLabel = "FILE", description = "nginx's main file.")
  private Path file = Path.of("");

  ImportNginxCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailed {
    return ImportCommand.print(shell, () -> NginxImport.of(shell.folder().resolve(file)));
  }
}
