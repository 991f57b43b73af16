package dev.weir.app;

import dev.weir.app.cli.Cli;
import dev.weir.app.cli.Shell;
import picocli.CommandLine;

/** The program {@code weir}. */
public final class Main {

  private Main() {}

  /** Executes one command and exits with its code. */
  public static void main(String[] args) {
    String command = args.length > 0 ? args[0] : "";
    CommandLine weir =
        Cli.isClient(command)
            ? Cli.client(command, Shell.ofProcess())
            : Cli.of(new Standalone(Wiring.KINDS));
    System.exit(weir.execute(args));
  }
}
