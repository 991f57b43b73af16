package dev.weir.app.survey;

import dev.weir.model.FileContent;
import dev.weir.model.Observed;
import dev.weir.model.Plan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a plan changes in files. */
final class Diffs {

  private Diffs() {}

  /** By file; files that stay as they are have no entry. */
  static Map<Path, String> of(Plan plan, Observed observed) {
    Map<Path, String> before = new HashMap<>();
    observed.files().forEach(file -> before.put(file.file(), file.text().orElse("")));
    Map<Path, String> diffs = new HashMap<>();
    for (FileContent file : files(plan)) {
      String diff =
          UnifiedDiff.of(
              new UnifiedDiff.Side(file.file().toString(), before.getOrDefault(file.file(), "")),
              new UnifiedDiff.Side(file.file() + " (planned)", file.text()));
      if (!diff.isEmpty()) {
        diffs.put(file.file(), diff);
      }
    }
    return diffs;
  }

  private static List<FileContent> files(Plan plan) {
    return switch (plan) {
      case Plan.InSync ignored -> List.of();
      case Plan.Blocked ignored -> List.of();
      case Plan.Live live -> live.files();
      case Plan.Reload reload -> reload.files();
    };
  }
}
