package dev.weir.app.api;

import dev.weir.app.api.LogLevels.Level;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.Quoted;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reading and changing how much is logged. */
final class LogRoutes {

  private static final Pattern LOGGER = Pattern.compile("[A-Za-z0-9_$.]{1,200}");

  private final View view;

  LogRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/log_levels", Set.of(), request -> levels()),
        new Route(Method.PATCH, "/v1/log_levels", Set.of(), this::set));
  }

  private Answer levels() {
    return Answer.ok(
        new JsonObject()
            .with("items", view.logLevels().all().stream().map(LogRoutes::json).toList())
            .withNull("next"));
  }

  private Answer set(Request request) throws ApiProblem {
    WriteBody body = WriteBody.of(request, Set.of("logger", "level"));
    String logger = body.json().text("logger").orElse("dev.weir");
    if (!LOGGER.matcher(logger).matches()) {
      throw ApiProblem.badRequest(
          "logger: %s (expected: a package or class such as dev.weir.driver)"
              .formatted(Quoted.of(logger)));
    }
    Level level = level(body.json().text("level").orElse(""));
    Attribution why = body.attribution(request, view);
    Level before =
        view.logLevels().set(logger, level, why.until().map(it -> Duration.between(why.at(), it)));
    view.journal()
        .record(
            Event.of(why.at(), EventKind.LOG_LEVEL, Event.Subject.WEIR, "of " + logger)
                .by(request.author(), new Event.Change(before.word(), level.word()), why.reason()));
    return Answer.ok(json(new LogLevels.Setting(logger, level, why.until())));
  }

  private static Level level(String word) throws ApiProblem {
    return Arrays.stream(Level.values())
        .filter(level -> level.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            ApiProblem.badRequest(
                "level: %s (expected: error, warn, info, debug or trace)"
                    .formatted(Quoted.of(word))));
  }

  private static JsonObject json(LogLevels.Setting setting) {
    return new JsonObject()
        .with("logger", setting.logger())
        .with("level", setting.level().word())
        .with("until", setting.until());
  }
}
