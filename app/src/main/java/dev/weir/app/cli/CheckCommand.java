package dev.weir.app.cli;

import dev.weir.app.cli.Program.Reach;
import dev.weir.app.cli.Program.Surveyed;
import dev.weir.app.json.JsonObject;
import dev.weir.app.survey.Remark;
import dev.weir.spi.Finding.Severity;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir check}. */
@Command(
    name = "check",
    description = "Checks the configuration, and that every source and proxy can be reached.",
    footer = {
      "",
      "Exit code: 0 all is well, 1 something cannot work, 2 the configuration is wrong."
    })
final class CheckCommand extends SurveyCommand<Remark> {

  private final Program program;

  @Option(names = "--offline", description = "Reads files only.")
  private boolean offline;

  CheckCommand(Program program, Shell shell) {
    super(shell);
    this.program = program;
  }

  @Override
  Surveyed<Remark> survey() throws InterruptedException {
    return program.check(config.file(), offline ? Reach.OFFLINE : Reach.ONLINE);
  }

  @Override
  ExitCode found(List<Remark> remarks) {
    output.print(
        shell(),
        new JsonObject().with("findings", remarks.stream().map(CheckCommand::json).toList()),
        people -> remarks.forEach(remark -> people.out().println(line(remark))));
    boolean wrong =
        remarks.stream().anyMatch(remark -> remark.finding().severity() == Severity.ERROR);
    return wrong ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static String line(Remark remark) {
    return "%-7s %s: %s"
        .formatted(
            severity(remark),
            Terminal.safe(remark.part()),
            Terminal.block(remark.finding().message()));
  }

  private static JsonObject json(Remark remark) {
    return new JsonObject()
        .with("severity", severity(remark))
        .with("part", remark.part())
        .with("message", remark.finding().message());
  }

  private static String severity(Remark remark) {
    return remark.finding().severity().name().toLowerCase(Locale.ROOT);
  }
}
