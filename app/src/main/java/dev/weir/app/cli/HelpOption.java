package dev.weir.app.cli;

import picocli.CommandLine.Option;

/** {@code -h}, on every level. */
final class HelpOption {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;
}
