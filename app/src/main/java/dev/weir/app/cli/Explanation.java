package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells in lines what the API knows about one thing. */
final class Explanation {

  private final PrintWriter out;

  Explanation(PrintWriter out) {
    this.out = out;
  }

  void member(JsonObject member) {
    line(
        "%s (%s) in pool %s is %s: %s"
            .formatted(
                text(member, "name"),
                text(member, "address"),
                text(member, "pool"),
                text(member, "state"),
                text(member.object("because").orElse(new JsonObject()), "detail")));
    member.objects("sources").forEach(this::source);
    if (member.objects("sources").isEmpty()) {
      line("  source    none names it");
    }
    member
        .object("presence")
        .filter(presence -> !text(presence, "is").equals("present"))
        .ifPresent(this::presence);
    member.object("check").ifPresent(this::check);
    member.objects("overrides").forEach(this::override);
    member.object("split").ifPresent(this::split);
    member.objects("proxies").forEach(this::inProxy);
  }

  void proxy(JsonObject proxy) {
    JsonObject condition = proxy.object("condition").orElse(new JsonObject());
    line(
        "%s (%s %s) is %s and %s"
            .formatted(
                text(proxy, "name"),
                text(proxy, "kind"),
                text(condition, "version"),
                text(condition, "is").replace('_', ' '),
                proxy.isTrue("in_sync") ? "runs what it shall" : "does not run what it shall"));
    String why = ProxiesCommand.why(proxy);
    if (!why.isEmpty()) {
      line("  why       %s".formatted(why));
    }
    proxy.text("put_off").ifPresent(what -> line("  put off   %s".formatted(what)));
    line(
        "  confirmed generation %d, revision %d"
            .formatted(proxy.number("generation").orElse(0), proxy.number("revision").orElse(0)));
    proxy.object("last_outcome").ifPresent(this::outcome);
    proxy.object("plan").ifPresent(this::plan);
  }

  private void source(JsonObject source) {
    String why = SourcesCommand.why(source);
    line(
        "  source    %s, reported %s ago%s"
            .formatted(
                text(source, "name"),
                Ages.since(source.text("last_report")),
                why.isEmpty() ? "" : ": " + why));
  }

  private void presence(JsonObject presence) {
    line(
        "  guard     %s for %s: %s"
            .formatted(
                text(presence, "is"),
                Ages.since(presence.text("since")),
                text(presence, "reason")));
  }

  private void check(JsonObject check) {
    if (!check.isTrue("configured")) {
      line("  check     none: discovery decides");
      return;
    }
    boolean proxy = check.text("by").equals(Optional.of("proxy"));
    line(
        "  check     %s for %s; %s"
            .formatted(
                text(check, "health"),
                Ages.since(check.text("since")),
                proxy ? "by the proxies themselves" : rhythm(check)));
    check
        .object("last")
        .ifPresent(last ->
            line(
                "            last %s ago: %s, %s, took %d ms"
                    .formatted(
                        Ages.since(last.text("at")),
                        text(last, "result"),
                        text(last, "detail"),
                        Math.round(last.decimal("took_seconds").orElse(0) * 1000))));
  }

  private static String rhythm(JsonObject check) {
    return "every %ss, rise %d, fall %d"
        .formatted(
            number(check.decimal("every_seconds").orElse(0)),
            check.number("rise").orElse(0),
            check.number("fall").orElse(0));
  }

  private void override(JsonObject override) {
    line(
        "  override  %s%s by %s, %s ago%s%s"
            .formatted(
                text(override, "action"),
                override.number("weight").isPresent()
                    ? " " + override.number("weight").getAsLong()
                    : "",
                text(override, "by"),
                Ages.since(override.text("at")),
                override.text("reason").map(reason -> ": " + reason).orElse(""),
                override.text("until").map(until -> ", until " + until).orElse("")));
  }

  private void split(JsonObject split) {
    String whose =
        split.text("group").map(group -> "group " + group).orElse("groups without a share");
    line(
        split.decimal("wanted_percent").isEmpty()
            ? "  split     by %s: %s, nobody of which is ready".formatted(text(split, "by"), whose)
            : "  split     by %s: %s, %s%% for %d ready; its weights come to %s%%"
                .formatted(
                    text(split, "by"),
                    whose,
                    number(split.decimal("wanted_percent").orElse(0)),
                    split.number("ready").orElse(0),
                    number(split.decimal("reached_percent").orElse(0))));
  }

  private void inProxy(JsonObject proxy) {
    line(
        "  proxy     %s: %s, %s"
            .formatted(
                text(proxy, "name"),
                text(proxy, "state"),
                proxy.isTrue("in_sync") ? "in step" : "not in step: " + text(proxy, "why")));
  }

  private void outcome(JsonObject outcome) {
    line(
        "  last      %s%s, %s ago%s"
            .formatted(
                text(outcome, "is"),
                outcome.text("way").map(way -> " by " + way).orElse(""),
                Ages.since(outcome.text("at")),
                outcome.text("message").map(message -> ": " + firstLine(message)).orElse("")));
  }

  private void plan(JsonObject plan) {
    List<JsonObject> changes = plan.objects("changes");
    line(
        "  plan      %s%s"
            .formatted(
                text(plan, "plan").replace('_', ' '),
                plan.texts("reasons").isEmpty()
                    ? ""
                    : plan.texts("reasons").stream()
                        .map(Explanation::firstLine)
                        .collect(Collectors.joining("; ", ": ", ""))));
    for (JsonObject change : changes) {
      line(
          "            %s %s: %s -> %s (%s)"
              .formatted(
                  text(change, "pool"),
                  text(change, "member"),
                  orNothing(text(change, "before")),
                  orNothing(text(change, "after")),
                  text(change, "why")));
    }
  }

  /** What is told in whole above. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String orNothing(String state) {
    return state.isEmpty() ? "nothing" : state;
  }

  private static String text(JsonObject object, String key) {
    return object.text(key).orElse("");
  }

  private void line(String text) {
    out.println(Terminal.block(text));
  }

  /** A number with a fraction only where it has one. */
  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
