package dev.weir.engine.reconcile;

import dev.weir.model.FileContent;
import dev.weir.model.MemberChange;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Plans and outcomes in one line each, for people. */
final class Wording {
  private static final int MOST_CHANGES = 5;

  private Wording() {}

  static String plan(Plan plan) {
    return switch (plan) {
      case Plan.InSync ignored -> "nothing to do";
      case Plan.Live live -> "without a reload: " + changes(live.changes());
      case Plan.Blocked blocked when blocked.steps().isEmpty() ->
          "nothing until this is mended: " + blocked.problem();
      case Plan.Blocked blocked ->
          "without a reload: %s; no more until this is mended: %s"
              .formatted(changes(blocked.changes()), blocked.problem());
      case Plan.Reload reload ->
          "with a reload (%s): %s"
              .formatted(String.join("; ", reload.reasons()), changes(reload.changes()));
    };
  }

  /** The files that a plan writes. */
  static List<FileContent> files(Plan plan) {
    return switch (plan) {
      case Plan.InSync ignored -> List.of();
      case Plan.Blocked ignored -> List.of();
      case Plan.Live live -> live.files();
      case Plan.Reload reload -> reload.files();
    };
  }

  static String changes(List<MemberChange> changes) {
    if (changes.isEmpty()) {
      return "text around the members";
    }
    String first =
        changes.stream().limit(MOST_CHANGES).map(Wording::change).collect(Collectors.joining(", "));
    int more = changes.size() - MOST_CHANGES;
    return more > 0 ? first + " and %d more".formatted(more) : first;
  }

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> way(applied.way());
      case Outcome.Rejected rejected ->
          "refused%s: %s"
              .formatted(
                  rejected.place().map(place -> " at " + place).orElse(""), rejected.message());
      case Outcome.Failed failed -> "%s: %s".formatted(failed.step(), failed.reason());
    };
  }

  static String frozen(SortedMap<PoolId, String> frozen) {
    return frozen.entrySet().stream()
        .map(pool -> "pool %s is frozen: %s".formatted(pool.getKey(), pool.getValue()))
        .collect(Collectors.joining("; "));
  }

  static String way(Outcome.Way way) {
    return switch (way) {
      case LIVE -> "without a reload";
      case RELOAD -> "with a reload";
      case FILES_ONLY -> "in its files, for its next start";
    };
  }

  static String took(Duration took) {
    return took.toMillis() < 10_000 ? took.toMillis() + "ms" : Durations.format(took);
  }

  private static String change(MemberChange change) {
    String member = "%s %s (%s)".formatted(change.pool(), change.name(), change.endpoint());
    if (change.before().isEmpty()) {
      return "+ " + member;
    }
    return change.after().isEmpty()
        ? "- " + member
        : "%s: %s, was %s".formatted(member, change.after(), change.before());
  }
}
