package dev.weir.model;

import java.util.List;

/**
 * What would be done to a proxy: a value that can be printed, compared and tested. Whoever applies
 * it decides nothing any more.
 */
public sealed interface Plan {

  /** Of the desired state it leads to. */
  Fingerprint target();

  /** Member by member, sorted by pool and name; empty where only text around them changes. */
  List<MemberChange> changes();

  /** Nothing to do. */
  record InSync(Fingerprint target) implements Plan {
    @Override
    public List<MemberChange> changes() {
      return List.of();
    }
  }

  /**
   * Without a reload.
   *
   * @param steps in order
   * @param files brought up to date afterwards, at most a second later
   */
  record Live(
      Fingerprint target, List<MemberChange> changes, List<Step> steps, List<FileContent> files)
      implements Plan {
    public Live {
      changes = List.copyOf(changes);
      steps = List.copyOf(steps);
      files = List.copyOf(files);
      if (steps.isEmpty() && files.isEmpty()) {
        throw new IllegalArgumentException("live plan without anything to do (expected: InSync)");
      }
    }
  }

  /**
   * As far as it can be done while a file that is not Weir's keeps the rest from being made:
   * nothing is written and nothing is reloaded.
   *
   * @param steps in order; empty where nothing can be done
   * @param problem what is wrong and where, for whoever can mend it
   */
  record Blocked(Fingerprint target, List<MemberChange> changes, List<Step> steps, String problem)
      implements Plan {
    public Blocked {
      changes = List.copyOf(changes);
      steps = List.copyOf(steps);
      if (problem.isBlank()) {
        throw new IllegalArgumentException("blocked by nothing (expected: what is wrong)");
      }
    }

    /** Nothing can be done. */
    public Blocked(Fingerprint target, String problem) {
      this(target, List.of(), List.of(), problem);
    }
  }

  /**
   * With a reload.
   *
   * @param reasons why no live update will do; never empty
   * @param files staged, checked and switched before; never empty
   * @param followUps steps after the reload, for what files cannot say
   */
  record Reload(
      Fingerprint target,
      List<MemberChange> changes,
      List<String> reasons,
      List<FileContent> files,
      List<Step> followUps)
      implements Plan {
    public Reload {
      changes = List.copyOf(changes);
      reasons = List.copyOf(reasons);
      files = List.copyOf(files);
      followUps = List.copyOf(followUps);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("reload without a reason (expected: at least one)");
      }
      if (files.isEmpty()) {
        throw new IllegalArgumentException("reload without a file (expected: Live or Blocked)");
      }
    }
  }
}
