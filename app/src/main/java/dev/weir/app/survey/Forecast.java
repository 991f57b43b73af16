package dev.weir.app.survey;

import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.model.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What would be done to one proxy now. */
public sealed interface Forecast {

  /** Behind how much can be done. */
  String MENDED_FIRST = " can be done until this is mended";

  ProxyName proxy();

  /** The kind of proxy: {@code nginx}. */
  String kind();

  /**
   * It can be told.
   *
   * @param diffs what would change in its files, as {@code diff -u} shows it, by file
   * @param borrowed what the plan takes from the user's own files, for people
   */
  record Told(
      ProxyName proxy, String kind, Plan plan, Map<Path, String> diffs, List<String> borrowed)
      implements Forecast {
    public Told {
      diffs = Map.copyOf(diffs);
      borrowed = List.copyOf(borrowed);
    }

    /** With nothing of the user's. */
    public Told(ProxyName proxy, String kind, Plan plan, Map<Path, String> diffs) {
      this(proxy, kind, plan, diffs, List.of());
    }
  }

  /**
   * It cannot be told.
   *
   * @param reason for people
   */
  record Unknown(ProxyName proxy, String kind, String reason) implements Forecast {}

  /** Whether it is known that nothing would be done. */
  default boolean inSync() {
    return this instanceof Told told && told.plan() instanceof Plan.InSync;
  }

  /** For people, line by line. */
  default List<String> lines() {
    List<String> lines = new ArrayList<>();
    switch (this) {
      case Unknown unknown -> lines.add(head() + "cannot be told: " + unknown.reason());
      case Told told -> {
        switch (told.plan()) {
          case Plan.InSync ignored -> lines.add(head() + "in step, nothing to do");
          case Plan.Live live -> {
            lines.add(head() + "would be changed without a reload");
            lines.addAll(steps(live.steps()));
          }
          case Plan.Blocked blocked -> {
            boolean some = !blocked.steps().isEmpty();
            lines.add(head() + (some ? "no more than this" : "nothing") + MENDED_FIRST);
            blocked.problem().lines().forEach(line -> lines.add("  " + line));
            lines.addAll(steps(blocked.steps()));
          }
          case Plan.Reload reload -> {
            lines.add(head() + "would be reloaded");
            reload.reasons().forEach(reason -> lines.add("  because " + reason));
            reload
                .followUps()
                .forEach(step -> lines.add("  then " + step.purpose() + ": " + step.shown()));
          }
        }
        told.borrowed().forEach(text -> lines.add("  " + text));
        told.plan()
            .changes()
            .forEach(change ->
                lines.add(
                    "  %s %s %s: %s -> %s (%s)"
                        .formatted(
                            change.pool(),
                            change.name(),
                            change.endpoint(),
                            orNothing(change.before()),
                            orNothing(change.after()),
                            change.why())));
        told.diffs().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(diff -> diff.getValue().lines().forEach(lines::add));
      }
    }
    return lines;
  }

  private static List<String> steps(List<Step> steps) {
    return steps.stream().map(step -> "  " + step.purpose() + ": " + step.shown()).toList();
  }

  private String head() {
    return "%s (%s): ".formatted(proxy(), kind());
  }

  private static String orNothing(String state) {
    return state.isEmpty() ? "not there" : state;
  }
}
