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
   * @param workers that were loaded from the text of this epoch
   */
  private record Halfway(Optional<Fingerprint> epoch, Set<Long> workers) {
    static final Halfway NOBODY = new Halfway(Optional.empty(), Set.of());
  }

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
      List<Turn> turns = turns(eyes.settled(eyes.names(Set.of())), epoch);
      Switched switched = parts.files().switchTo(plan.files());
      if (switched.swap().isEmpty()) {
        return parts.isolation().refused(switched.refusal().orElseThrow(), plan.files());
      }
      Optional<String> trouble = load(switched.swap().get(), turns, epoch);
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

  /**
   * Each process in turn, but for those that have loaded the same at the last try; that of a master
   * that several share is found loaded already.
   */
  private List<Turn> turns(Look look, Fingerprint epoch) throws Master.Unknown {
    List<Turn> turns = new ArrayList<>();
    for (Map.Entry<Endpoint, Worker> one : look.workers().entrySet()) {
      Worker worker = one.getValue();
      if (!halfway.epoch().equals(Optional.of(epoch))
          || !halfway.workers().contains(worker.pid())) {
        turns.add(new Turn(one.getKey(), worker, parts.master().loader(worker.pid())));
      }
    }
    return turns;
  }

  /** Those that have taken a text which another process has not. */
  private Halfway halfway(List<Turn> turns, Fingerprint epoch) throws InterruptedException {
    Set<Long> former = turns.stream().map(turn -> turn.before().pid()).collect(Collectors.toSet());
    try {
      Set<Long> loaded =
          parts.talk().look(List.of()).workers().values().stream()
              .filter(worker -> worker.epoch().equals(Optional.of(epoch)))
              .map(Worker::pid)
              .filter(pid -> !former.contains(pid))
              .collect(Collectors.toSet());
      return new Halfway(Optional.of(epoch), loaded);
    } catch (IOException silent) {
      return Halfway.NOBODY;
    }
  }

  private Optional<String> load(GroupSwap swap, List<Turn> turns, Fingerprint epoch)
      throws IOException, InterruptedException {
    Optional<String> trouble = Optional.empty();
    try {
      for (Turn turn : turns) {
        if (trouble.isEmpty()) {
          trouble = reloading.run(turn, epoch);
        }
      }
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    if (trouble.isEmpty()) {
      swap.keep();
      halfway = Halfway.NOBODY;
    } else {
      parts.files().goBack(swap);
      halfway = halfway(turns, epoch);
    }
    return trouble;
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
