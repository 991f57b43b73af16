package dev.weir.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a running Weir. */
abstract class ClientCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin ServerOptions server = new ServerOptions();
  @Mixin OutputOptions output = new OutputOptions();

  ClientCommand(Shell shell) {
    this.shell = shell;
  }

  Shell shell() {
    return shell;
  }

  @Override
  public Integer call() throws CommandFailed {
    return run(server.client(shell)).code();
  }

  /** Does it. */
  abstract ExitCode run(ApiClient client) throws CommandFailed;
}
