package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ProxyStatus.LastOutcome;
import dev.weir.engine.reconcile.ReloadThrottle.Deferral;
import dev.weir.engine.reconcile.ReloadThrottle.Urgency;
import dev.weir.engine.run.Backoff;
import dev.weir.model.DesiredState;
import dev.weir.model.MemberChange;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What is done about a plan for one proxy: it is held, put off, objected to, or applied; and what
 * follows from its outcome. Used by the loop's thread.
 */
final class Deeds {
  private static final Backoff.Limits RETRY =
      new Backoff.Limits(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** How soon it is noticed that a pause has ended by itself. */
  static final Duration PAUSED = Duration.ofSeconds(2);

  private final Workings at;
  private final ReloadThrottle throttle;
  private final Backoff backoff;
  private final Brake brake;
  private final Tolerance tolerance;
  private OptionalLong changedSince = OptionalLong.empty();

  /**
   * A round of the loop.
   *
   * @param scope how much was looked at
   * @param asked who wanted it
   */
  record Round(Steering.Scope scope, Tolerance.Asked asked) {}

  Deeds(Workings at, Reconciler.Means means) {
    this.at = at;
    this.throttle = new ReloadThrottle(at.proxy().reloads());
    this.backoff = new Backoff(RETRY, means.random());
    this.brake = means.brake();
    this.tolerance = new Tolerance(at.proxy(), means.appeals(), at.herald());
  }

  /** What keeps the hands off the proxy; absent when it may be touched. */
  Optional<Brake.Hold> hold() {
    return switch (at.proxy().mode()) {
      case FULL, STATE -> brake.holds(at.proxy().name());
      case OBSERVE -> Optional.of(Brake.Hold.asItIs("only observed, as configured"));
      case DRY_RUN -> Optional.of(Brake.Hold.asItIs("nothing is touched in a dry run"));
    };
  }

  /** A change that concerns the proxy has come; the first one of those not applied yet counts. */
  void changed(long since) {
    if (changedSince.isEmpty()) {
      changedSince = OptionalLong.of(since);
    }
  }

  /** The proxy cannot be touched yet. */
  void waits(Prepared.Waits waits) {
    at.situation().is(new Sync.Waiting(waits.reason()));
    changedSince = OptionalLong.empty();
    at.agenda().lookAgainAt(Gate.PATIENCE.toNanos(), at.now());
  }

  /** It runs what it shall. */
  void inStep(DesiredState state) {
    at.orders().fail("nothing of Weir's was there to be loaded anew; does the proxy run?");
    reached(state);
    at.herald().inSync();
    backoff.reset();
  }

  /** Something is to be done. */
  void act(Prepared.ToDo todo, Round round) throws InterruptedException {
    at.situation().shallBe(todo.desired());
    Optional<Brake.Hold> hold = hold();
    if (hold.isPresent()) {
      held(hold.get(), todo.plan());
      return;
    }
    if (!(todo.plan() instanceof Plan.Reload reload)) {
      unlessObjected(todo, round);
      return;
    }
    Optional<Deferral> usual = deferral(Urgency.USUAL);
    if (usual.isEmpty()) {
      unlessObjected(todo, round);
    } else if (usual.get().cause() == ReloadThrottle.Cause.DISTANCE) {
      putOff(usual.get(), reload, round.scope());
    } else {
      inParts(todo, reload, round);
    }
  }

  /** A reload would wait for longer than its distance: what needs none is done now. */
  private void inParts(Prepared.ToDo todo, Plan.Reload reload, Round round)
      throws InterruptedException {
    Plan part = at.steering().planWithoutReload(todo.desired());
    Optional<Deferral> deferral =
        deferral(Urgency.of(without(reload.changes(), part.changes()), todo.desired()));
    if (deferral.isEmpty()) {
      unlessObjected(todo, round);
      return;
    }
    if (part instanceof Plan.Live live && !objected(todo, round)) {
      applyPart(live);
    }
    putOff(deferral.get(), reload, round.scope());
  }

  private static List<MemberChange> without(List<MemberChange> all, List<MemberChange> part) {
    return all.stream().filter(change -> !part.contains(change)).toList();
  }

  private void unlessObjected(Prepared.ToDo todo, Round round) throws InterruptedException {
    if (!objected(todo, round)) {
      at.orders().answer(todo.plan(), apply(todo));
    }
  }

  /**
   * An earlier revision is to be brought back; what would be done is looked at next, with
   * everything else that waits.
   */
  void restore(Prepared.Restores way, Round round) throws InterruptedException {
    at.situation().shallBe(way.revision().desired());
    Optional<Deferral> deferral =
        way.plan() instanceof Plan.Reload reload
            ? deferral(Urgency.of(reload.changes(), way.revision().desired()))
            : Optional.empty();
    if (deferral.isPresent()) {
      putOff(deferral.get(), way.plan(), round.scope());
      return;
    }
    if (objected(way.todo(), round)) {
      return;
    }
    Outcome outcome = apply(way.todo());
    at.pin().tried(outcome);
    if (outcome instanceof Outcome.Applied) {
      at.proxy().meters().rolledBack(ReconcileMeters.Rollback.OPERATOR);
      at.agenda().ask();
    }
  }

  /**
   * Something could not be done, or be found out.
   *
   * @param plan what was tried; absent when it did not come to that
   */
  void failed(Outcome.Failed failure, Optional<Plan> plan) {
    at.orders().answer(failure);
    if (plan.isEmpty()) {
      at.situation().tried(new LastOutcome(failure, at.clock().instant(), Duration.ZERO));
    }
    at.herald().trouble(failure);
    at.situation().is(new Sync.Behind(Wording.outcome(failure), plan));
    at.agenda().retryAfter(at.now(), backoff.failed(at.now()));
  }

  private void held(Brake.Hold hold, Plan plan) {
    Sync.WouldApply would =
        new Sync.WouldApply(plan, Wording.plan(plan), hold.why() + at.pin().trouble());
    at.situation().is(would);
    at.herald().wouldApply(would);
    at.agenda().lookAgainAt(at.now() + PAUSED.toNanos(), at.now());
  }

  /** Whether what was changed at the proxy itself is not to be put right now. */
  private boolean objected(Prepared.ToDo todo, Round round) {
    Optional<Tolerance.Objection> objection = tolerance.to(todo, round.asked(), at.now());
    objection.ifPresent(it -> {
      at.situation().is(new Sync.Behind(it.why(), Optional.of(todo.plan())));
      it.again().ifPresent(in -> at.agenda().lookAgainAt(at.now() + in.toNanos(), at.now()));
    });
    return objection.isPresent();
  }

  private Optional<Deferral> deferral(Urgency urgency) {
    return throttle.deferral(at.now(), at.steering().driver().oldProcesses(), urgency);
  }

  private void putOff(Deferral deferral, Plan plan, Steering.Scope scope) {
    switch (deferral.cause()) {
      case DISTANCE -> at.agenda().putOffReload(deferral.until(), scope);
      case BUDGET, OLD_PROCESSES -> at.agenda().lookAgainAt(deferral.until(), at.now());
    }
    if (at.herald().deferred(deferral)) {
      at.proxy().meters().putOff(deferral.cause());
    }
    at.situation().is(new Sync.Behind(deferral.reason(), Optional.of(plan)));
  }

  /** The rest comes with the reload; until then the proxy is behind, and this is no revision. */
  private void applyPart(Plan.Live part) throws InterruptedException {
    long start = at.now();
    Outcome outcome = at.steering().applyPart(part);
    Duration took = at.clock().since(start);
    at.proxy().meters().applied(part, outcome, took);
    at.situation().tried(new LastOutcome(outcome, at.clock().instant(), took));
    if (outcome instanceof Outcome.Applied) {
      at.herald().appliedPart(part.changes(), "for a reload", took);
    } else {
      at.herald().trouble(outcome);
    }
    watchAndUpkeep();
  }

  private void watchAndUpkeep() {
    at.agenda().watchAt(at.now(), Duration.ZERO);
    at.agenda().upkeepAt(at.now(), Duration.ZERO);
  }

  private Outcome apply(Prepared.ToDo todo) throws InterruptedException {
    ReconcileMeters meters = at.proxy().meters();
    if (todo.origin() != Prepared.Origin.WANTED) {
      at.herald().drifted(todo.plan(), meters.drifted(todo.plan()));
    }
    long start = at.now();
    if (todo.plan() instanceof Plan.Reload) {
      throttle.started(start);
      at.herald().reloads();
    }
    Outcome outcome = at.steering().apply(todo);
    Duration took = at.clock().since(start);
    meters.applied(todo.plan(), outcome, took);
    at.situation().tried(new LastOutcome(outcome, at.clock().instant(), took));
    switch (outcome) {
      case Outcome.Applied applied -> applied(todo, applied, took);
      case Outcome.Rejected rejected -> {
        if (todo.plan() instanceof Plan.Blocked part && !part.steps().isEmpty()) {
          at.herald().appliedPart(part.changes(), "until this is mended: " + part.problem(), took);
        }
        rejected(rejected, todo.plan());
      }
      case Outcome.Failed failed -> failed(failed, Optional.of(todo.plan()));
    }
    watchAndUpkeep();
    return outcome;
  }

  private void applied(Prepared.ToDo todo, Outcome.Applied applied, Duration took) {
    Proxy proxy = at.proxy();
    changedSince.ifPresent(since -> changed(todo.plan(), applied.way(), since));
    Revision revision =
        proxy
            .ledger()
            .add(proxy.name(), todo, new Ledger.Done(applied.way(), at.clock().instant(), took));
    at.herald().applied(todo.plan(), revision);
    backoff.reset();
    reached(todo.desired());
  }

  private void changed(Plan plan, Outcome.Way way, long since) {
    at.proxy().meters().changeApplied(way).add(at.clock().since(since));
    FirstRequests.Done done = new FirstRequests.Done(plan.changes(), way, since);
    if (at.firstRequests().applied(done, at.steering().driver().ways(), at.now())) {
      at.agenda().countAt(at.now(), FirstRequests.SHORTEST);
    }
  }

  /** In step but for what the proxy refuses, which is tried again when its own files change. */
  private void reached(DesiredState state) {
    SortedMap<PoolId, String> frozen = at.steering().driver().frozen();
    if (frozen.isEmpty()) {
      at.situation().reached(state, at.clock().instant());
    } else {
      at.situation().shallBe(state);
      at.situation().is(new Sync.Behind(Wording.frozen(frozen), Optional.empty()));
      watchConfiguration();
    }
    changedSince = OptionalLong.empty();
  }

  private void rejected(Outcome.Rejected rejected, Plan plan) {
    at.herald().trouble(rejected);
    at.situation().is(new Sync.Behind(Wording.outcome(rejected), Optional.of(plan)));
    watchConfiguration();
  }

  /** One that is followed was remembered when the round began. */
  private void watchConfiguration() {
    if (!at.steering().driver().followsItsConfiguration()) {
      at.stamp().remember();
    }
    at.agenda().watchStamp(at.now());
  }
}
