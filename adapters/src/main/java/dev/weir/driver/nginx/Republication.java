package dev.weir.driver.nginx;

import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The way back to Weir's file, and the lists beside it, as an earlier revision has them. */
final class Republication {

  private final Revision revision;
  private final String text;
  private final List<FileContent> files;

  private Republication(Revision revision, String text, List<FileContent> files) {
    this.revision = revision;
    this.text = text;
    this.files = files;
  }

  /**
   * Absent where the revision does not have Weir's file.
   *
   * @param own Weir's file
   * @param lists which other files are still those of pools
   */
  static Optional<Republication> of(Revision revision, Path own, Predicate<Path> lists) {
    List<FileContent> files =
        revision.files().stream()
            .filter(file -> file.file().equals(own) || lists.test(file.file()))
            .toList();
    return files.stream()
        .filter(file -> file.file().equals(own))
        .findFirst()
        .map(file -> new Republication(revision, file.text(), files));
  }

  /** What Weir's file said. */
  String text() {
    return text;
  }

  /**
   * Always a reload, which proves that nginx still takes it; in sync where nginx runs it already.
   *
   * @param changes what it means for the members
   */
  Plan plan(Observed observed, List<MemberChange> changes) {
    Fingerprint target = revision.desired().fingerprint();
    boolean stopped = observed.condition() instanceof Condition.NotRunning;
    if (written(observed)
        && (stopped || observed.loaded().equals(UpstreamsText.fingerprintIn(text)))) {
      return new Plan.InSync(target);
    }
    String reason = "revision %d is brought back".formatted(revision.number());
    return new Plan.Reload(target, changes, List.of(reason), files, List.of());
  }

  /** A list that was not looked at is taken as it should be. */
  private boolean written(Observed observed) {
    Map<Path, Optional<String>> found = new HashMap<>();
    observed.files().forEach(file -> found.put(file.file(), file.text()));
    return files.stream()
        .allMatch(file ->
            found
                .getOrDefault(file.file(), Optional.of(file.text()))
                .equals(Optional.of(file.text())));
  }
}
