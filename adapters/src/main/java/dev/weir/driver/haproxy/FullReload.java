package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.KeptFiles.Switched;
import dev.weir.driver.haproxy.Reloading.Turn;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.driver.haproxy.Talk.Refused;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.publish.GroupSwap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts a new file in force: staged, checked, switched, loaded by a new worker that says so; or
 * rolled back. What the file cannot say (who drains) follows by socket.
 */
final class FullReload {

  private final Parts parts;
  private final Eyes eyes;
  private final LiveUpdate live;
  private final Reloading reloading;
  private Halfway halfway = Halfway.NOBODY;

  /**
   * Where a reload of several processes has come to an end.
   *
   * @param workers that have loaded it
   */
  private record Halfway(Optional<Goal> goal, Set<Long> workers) {
    static final Halfway NOBODY = new Halfway(Optional.empty(), Set.of());

    boolean has(Goal wanted, long worker) {
      return goal.equals(Optional.of(wanted)) && workers.contains(worker);
    }
  }

  /**
   * What is to be loaded.
   *
   * @param epoch of Weir's text
   * @param users the user's own, as they are now
   */
  private record Goal(Fingerprint epoch, String users) {}

  FullReload(Parts parts, Eyes eyes, LiveUpdate live) {
    this.parts = parts;
    this.eyes = eyes;
    this.live = live;
    this.reloading = new Reloading(parts.talk(), parts.time());
  }

  Outcome apply(Plan.Reload plan) throws InterruptedException {
    Parsed wanted = parts.planner().parsed(parts.files().with(plan.files()));
    try {
      Fingerprint epoch = wanted.epoch().orElseThrow();
      Goal goal = new Goal(epoch, parts.userFiles().stamp());
      if (!goesOn(plan, epoch)) {
        halfway = Halfway.NOBODY;
      }
      List<Turn> turns = turns(eyes.settled(eyes.names(Set.of())), goal);
      Switched switched = parts.files().switchTo(plan.files());
      if (switched.swap().isEmpty()) {
        return parts.isolation().refused(switched.refusal().orElseThrow(), plan.files());
      }
      Optional<String> trouble = load(switched.swap().get(), turns, goal);
      if (trouble.isPresent()) {
        return new Failed("reload", trouble.get());
      }
      eyes.changed();
      parts.leftovers().clear();
      parts.planner().forgetRefusals();
      return finish(plan, wanted);
    } catch (Master.Unknown e) {
      return new Failed("reload", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return LiveUpdate.failed("reload", e);
    }
  }

  /** Whether a process that runs the text already is a reason for it: nobody else asks for it. */
  private boolean goesOn(Plan.Reload plan, Fingerprint epoch) {
    Parsed now = parts.planner().parsed(parts.files().said());
    return parts
        .layout()
        .unloaded(now, Optional.of(epoch))
        .filter(plan.reasons()::contains)
        .isPresent();
  }

  /**
   * Each process in turn, but for those that have loaded the same at the last try; that of a master
   * that several share is found loaded already.
   */
  private List<Turn> turns(Look look, Goal goal) throws Master.Unknown {
    List<Turn> turns = new ArrayList<>();
    for (Map.Entry<Endpoint, Worker> one : look.workers().entrySet()) {
      Worker worker = one.getValue();
      if (!halfway.has(goal, worker.pid())) {
        turns.add(new Turn(one.getKey(), worker, parts.master().loader(worker.pid())));
      }
    }
    return turns;
  }

  /** Those that have taken a text which another process has not. */
  private Halfway halfway(List<Turn> turns, Goal goal) throws InterruptedException {
    Set<Long> former = turns.stream().map(turn -> turn.before().pid()).collect(Collectors.toSet());
    try {
      Set<Long> loaded =
          parts.talk().look(List.of()).workers().values().stream()
              .filter(worker -> worker.epoch().equals(Optional.of(goal.epoch())))
              .map(Worker::pid)
              .filter(pid -> !former.contains(pid))
              .collect(Collectors.toSet());
      return new Halfway(Optional.of(goal), loaded);
    } catch (IOException silent) {
      return Halfway.NOBODY;
    }
  }

  private Optional<String> load(GroupSwap swap, List<Turn> turns, Goal goal)
      throws IOException, InterruptedException {
    Optional<String> trouble = Optional.empty();
    try {
      for (Turn turn : turns) {
        if (trouble.isEmpty()) {
          trouble = reloading.run(turn, goal.epoch());
        }
      }
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    if (trouble.isEmpty()) {
      swap.keep();
      halfway = Halfway.NOBODY;
      return trouble;
    }
    parts.files().goBack(swap);
    halfway = halfway(turns, goal);
    return trouble.map(why ->
        halfway.workers().isEmpty()
            ? why
            : "%s; HAProxy %s runs the new text, the file is the former one"
                .formatted(why, halfway.workers()));
  }

  private Outcome finish(Plan.Reload plan, Parsed wanted) throws IOException, InterruptedException {
    Set<PoolId> all = new TreeSet<>();
    parts.backends().forEach(backend -> all.add(backend.pool()));
    try (Chorus sockets = parts.talk().open()) {
      Optional<Refused> refused = parts.talk().say(sockets, plan.followUps(), parts.leftovers());
      if (refused.isPresent()) {
        return live.refused(refused.get());
      }
      Look look = parts.talk().look(sockets, eyes.names(all));
      eyes.saw(look);
      eyes.note(all, wanted, look);
      parts.planner().done(wanted);
      Optional<String> difference = parts.readBack().difference(wanted, all, look);
      return difference
          .<Outcome>map(text -> new Failed("read back", text))
          .orElse(new Applied(plan.target(), Way.RELOAD));
    }
  }
}
