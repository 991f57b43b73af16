package dev.weir.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * A command that asks a running Weir, or several, one after the other; of several the worst exit
 * code wins.
 */
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
    List<ApiClient> clients = server.clients(shell);
    ExitCode code = clients.size() == 1 ? run(clients.getFirst()) : runAll(clients);
    return code.code();
  }

  /** Does it. */
  abstract ExitCode run(ApiClient client) throws CommandFailed;

  /** Does it at each, whatever becomes of it at the others; the worst end of all. */
  ExitCode runAll(List<ApiClient> clients) {
    return clients.stream()
        .map(client ->
            ScopedValue.where(OutputOptions.SERVER, client.name()).call(() -> runAny(client)))
        .max(ExitCode::compareTo)
        .orElse(ExitCode.DONE);
  }

  /** Does it, and tells what keeps it from being done. */
  final ExitCode runAny(ApiClient client) {
    try {
      return run(client);
    } catch (CommandFailed e) {
      e.tell(shell().err(), OutputOptions.prefix());
      return e.exitCode();
    }
  }
}
