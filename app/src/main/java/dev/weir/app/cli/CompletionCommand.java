package dev.weir.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir completion}. */
@Command(
    name = "completion",
    description = "Prints what makes a shell complete weir's commands and options.",
    footer = {
      "",
      "Examples:",
      "  . <(weir completion bash)",
      "  weir completion bash > /usr/share/bash-completion/completions/weir",
      "  weir completion fish > ~/.config/fish/completions/weir.fish"
    })
final class CompletionCommand implements Callable<Integer> {

  /** The shells. */
  enum For {
    bash,
    /** Takes what bash takes. */
    zsh,
    fish
  }

  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  For kind = For.bash;

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine weir = spec.root().commandLine();
    shell
        .out()
        .print(
            switch (kind) {
              case bash, zsh -> AutoComplete.bash("weir", weir);
              case fish -> FishCompletion.of(weir);
            });
    return ExitCode.DONE.code();
  }
}
