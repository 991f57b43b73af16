package dev.weir.app.cli;

import dev.weir.app.api.PlanJson;
import dev.weir.app.cli.Program.Surveyed;
import dev.weir.app.json.JsonObject;
import dev.weir.app.survey.Forecast;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code weir plan}. */
@Command(
    name = "plan",
    description = "Says what would be done to every proxy now, and why; changes nothing.",
    footer = {
      "",
      "Sources are asked once; members are not probed but taken as passing their check. What",
      "operators decided is read from the state folder.",
      "Exit code: 0 all proxies are in step, 3 something would be done, 1 something cannot be told,",
      "2 the configuration is wrong."
    })
final class PlanCommand extends SurveyCommand<Forecast> {

  private final Program program;

  PlanCommand(Program program, Shell shell) {
    super(shell);
    this.program = program;
  }

  @Override
  Surveyed<Forecast> survey() throws InterruptedException {
    return program.plan(config.file());
  }

  @Override
  ExitCode found(List<Forecast> forecasts) {
    output.print(
        shell(),
        new JsonObject().with("proxies", forecasts.stream().map(PlanCommand::json).toList()),
        people ->
            forecasts.forEach(forecast ->
                forecast.lines().forEach(line -> people.out().println(Terminal.safe(line)))));
    if (forecasts.stream().anyMatch(forecast -> forecast instanceof Forecast.Unknown)) {
      return ExitCode.FAILED;
    }
    return forecasts.stream().allMatch(Forecast::inSync) ? ExitCode.DONE : ExitCode.DIFFERS;
  }

  private static JsonObject json(Forecast forecast) {
    JsonObject json = new JsonObject().with("name", forecast.proxy()).with("kind", forecast.kind());
    return switch (forecast) {
      case Forecast.Unknown unknown -> json.with("unknown", unknown.reason());
      case Forecast.Told told ->
          json.with("in_sync", told.inSync())
              .with("plan", PlanJson.of(told.plan()))
              .with("borrowed", told.borrowed())
              .with(
                  "diffs",
                  told.diffs().entrySet().stream()
                      .sorted(Map.Entry.comparingByKey())
                      .map(diff ->
                          new JsonObject()
                              .with("file", diff.getKey())
                              .with("diff", diff.getValue()))
                      .toList());
    };
  }
}
