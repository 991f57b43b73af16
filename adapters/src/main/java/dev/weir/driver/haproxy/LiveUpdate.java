package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.driver.haproxy.Talk.Refused;
import dev.weir.model.FileContent;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Outcome.Rejected;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Changes members by socket, reads back, and lets the file follow. */
final class LiveUpdate {

  private static final String ADD = "add server ";

  private final Parts parts;
  private final Eyes eyes;

  LiveUpdate(Parts parts, Eyes eyes) {
    this.parts = parts;
    this.eyes = eyes;
  }

  Outcome apply(Plan.Live plan) throws InterruptedException {
    return plan.steps().isEmpty() ? filesOnly(plan) : steps(plan);
  }

  private Outcome filesOnly(Plan.Live plan) throws InterruptedException {
    try {
      Optional<Outcome> refused = publish(plan.files());
      if (refused.isPresent()) {
        return refused.get();
      }
    } catch (IOException e) {
      return failed("write " + parts.loaded().shown(), e);
    }
    return switch (eyes.observe(Set.of()).condition()) {
      case Condition.Running _ -> new Applied(plan.target(), Way.LIVE);
      case Condition.NotRunning _ -> new Applied(plan.target(), Way.FILES_ONLY);
      case Condition.Unreachable silent -> new Failed("ask HAProxy", silent.reason());
    };
  }

  /** Puts texts in force that nobody has loaded; what became of that if they were refused. */
  Optional<Outcome> publish(List<FileContent> contents) throws IOException, InterruptedException {
    if (contents.isEmpty()) {
      return Optional.empty();
    }
    Optional<ConfigCheck.Refusal> refusal = parts.files().publish(contents);
    return refusal.isPresent()
        ? Optional.of(parts.isolation().refused(refusal.get(), contents))
        : Optional.empty();
  }

  /** Does what can be done, and says what is wrong. */
  Outcome apply(Plan.Blocked plan) throws InterruptedException {
    if (!plan.steps().isEmpty()) {
      Parsed wanted = parts.planner().afterwards(parts.files().said());
      Optional<Failed> failure = carryOut(new Deed(plan.changes(), plan.steps(), wanted));
      if (failure.isPresent()) {
        return failure.get();
      }
      parts.planner().done(wanted);
    }
    return new Rejected(plan.problem(), Optional.empty(), true);
  }

  private Outcome steps(Plan.Live plan) throws InterruptedException {
    Parsed wanted = parts.planner().parsed(parts.files().with(plan.files()));
    Optional<Failed> failure = carryOut(new Deed(plan.changes(), plan.steps(), wanted));
    if (failure.isPresent()) {
      return failure.get();
    }
    parts.files().follow(plan.files());
    parts.planner().done(wanted);
    return new Applied(plan.target(), Way.LIVE);
  }

  /**
   * What is to be done by socket.
   *
   * @param wanted what HAProxy runs afterwards
   */
  private record Deed(List<MemberChange> changes, List<Step> steps, Parsed wanted) {}

  private Optional<Failed> carryOut(Deed deed) throws InterruptedException {
    try {
      eyes.changed();
      Optional<Failed> failure = talk(deed);
      return failure.isPresent() || eyes.sameWorkerStill()
          ? failure
          : Optional.of(new Failed("read back", "HAProxy was reloaded by somebody else meanwhile"));
    } catch (IOException e) {
      return Optional.of(failed("talk to HAProxy", e));
    }
  }

  private Optional<Failed> talk(Deed deed) throws IOException, InterruptedException {
    Set<PoolId> touched = new TreeSet<>();
    deed.changes().forEach(change -> touched.add(change.pool()));
    Parsed before = parts.planner().parsed(parts.files().said());
    try (Chorus sockets = parts.talk().open()) {
      if (!eyes.isObserved(parts.talk().look(sockets, eyes.names(Set.of())))) {
        return Optional.of(
            new Failed("ask HAProxy", "it is not the worker that was last looked at"));
      }
      parts.readBack().remember(deed.changes(), before);
      Optional<Refused> refused = parts.talk().say(sockets, deed.steps(), parts.leftovers());
      if (refused.isPresent()) {
        return refused.map(this::refused);
      }
      Look look = parts.talk().look(sockets, eyes.names(touched));
      eyes.note(touched, deed.wanted(), look);
      return parts
          .readBack()
          .difference(deed.wanted(), touched, look)
          .map(text -> new Failed("read back", text));
    }
  }

  /** What HAProxy does not take at run time, it is not asked for again: the next plan reloads. */
  Failed refused(Refused refused) {
    Step step = refused.step();
    String answer = refused.answer();
    if (answer.startsWith("Permission denied")) {
      return new Failed(step.purpose(), answer + " (expected: a stats socket of level admin)");
    }
    if (step.command().startsWith(ADD) && !answer.startsWith("Already exists")) {
      String backend = step.command().substring(ADD.length()).replaceFirst("/.*", "");
      parts.planner().refused(backend, answer);
    }
    return new Failed(step.purpose(), answer);
  }

  static Failed failed(String step, IOException e) {
    return new Failed(step, String.valueOf(e.getMessage()));
  }
}
