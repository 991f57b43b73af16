package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "enable",
    description = "Takes back disable and drain: health decides again.",
    footer = {"", "Example:", "  weir enable web web1 --wait"})
final class EnableCommand extends MemberCommand {

  @Option(
      names = "--pin",
      description = "Keep it in traffic whatever its check or a selector says, until enable.")
  boolean pin;

  @Mixin WhyOptions why = new WhyOptions();

  EnableCommand(Shell shell) {
    super(shell);
  }

  @Override
  JsonObject decided() throws CommandFailed {
    return why.into(new JsonObject().with("action", pin ? "pin" : "enable"));
  }

  @Override
  String done() {
    return pin ? "pinned" : "enabled";
  }
}
