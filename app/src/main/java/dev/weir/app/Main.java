package dev.weir.app;

import dev.weir.app.cli.Cli;

/** The program {@code weir}. */
public final class Main {

  private Main() {}

  /** Executes one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cli.of(new Standalone(Wiring.KINDS)).execute(args));
  }
}
