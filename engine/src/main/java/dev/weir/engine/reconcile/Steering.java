package dev.weir.engine.reconcile;

import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Inputs;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.model.ServerState;
import dev.weir.spi.ProxyDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look at a proxy, the plan and the deed; remembers what the proxy has confirmed, so that only
 * pools that changed are looked at. Whatever a driver throws becomes a failure with a reason. Used
 * by one thread, but for {@link #driver}.
 */
final class Steering {
  private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

  private List<PoolId> pools;
  private Optional<String> unknown = Optional.empty();
  private final Desires desires;
  private volatile ProxyDriver driver; // written by the loop's thread
  private final Gate gate = new Gate();
  private Map<PoolId, Fingerprint> confirmed = new HashMap<>();
  private Optional<DesiredState> before = Optional.empty();
  private Optional<String> process = Optional.empty();
  private Map<Endpoint, ServerState> adopted = Map.of();
  private Optional<Condition> condition = Optional.empty();
  private Optional<Observed> seen = Optional.empty();
  private boolean untouched = true;
  private boolean doubtful = true;

  /** How much is looked at. */
  enum Scope {
    CHANGED,
    ALL
  }

  /**
   * What a round is about.
   *
   * @param reload why the proxy is to be loaded anew though nothing else calls for it, for people;
   *     absent where it is not
   */
  record Task(Scope scope, Optional<String> reload) {

    /** Whether all of the proxy is looked at. */
    boolean all() {
      return scope == Scope.ALL || reload.isPresent();
    }
  }

  Steering(List<PoolId> pools, Desires desires, ProxyDriver driver) {
    this.pools = pools;
    this.desires = desires;
    this.driver = driver;
  }

  /** The one that is used now; safe for any thread. */
  ProxyDriver driver() {
    return driver;
  }

  /** From now on this driver is used. */
  void renew(ProxyDriver other) {
    driver = other;
    doubtful = true;
  }

  /** From now on the proxy carries these pools. */
  void carry(Load load) {
    pools = load.pools();
    unknown = load.unknown();
    doubtful = true;
  }

  /** Those that the proxy carries now. */
  List<PoolId> pools() {
    return pools;
  }

  /** Whether anything is other than it was in a pool that the proxy carries. */
  boolean concerned(Inputs before, Inputs now) {
    return pools.stream()
        .anyMatch(pool ->
            !Optional.ofNullable(now.pools().get(pool))
                .equals(Optional.ofNullable(before.pools().get(pool))));
  }

  /** Of the proxy when it was last looked at. */
  Optional<Condition> condition() {
    return condition;
  }

  /** Whether the proxy was left alone so far, so that any news may matter. */
  boolean untouched() {
    return untouched;
  }

  /** The next round looks at everything. */
  void doubt() {
    doubtful = true;
  }

  /**
   * Looks and plans.
   *
   * @param running since when this loop runs
   */
  Prepared prepare(Inputs inputs, Task task, Duration running) throws InterruptedException {
    try {
      if (untouched) {
        Optional<String> reason = beginning(inputs, running);
        if (reason.isPresent()) {
          return new Prepared.Waits(reason.get());
        }
      }
      return plan(desires.resolve(inputs, pools, adopted), task);
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while looking and planning", e);
      doubtful = true;
      return new Prepared.Broke(failed("look and plan", e));
    }
  }

  /**
   * Looks at everything and plans the way back to a revision.
   *
   * @param origin whose the difference is, if there is one
   * @return in step where the proxy runs it
   */
  Prepared restore(Revision revision, Prepared.Origin origin) throws InterruptedException {
    try {
      Observed observed = observe(Set.copyOf(pools));
      if (observed.condition() instanceof Condition.Unreachable silent) {
        return new Prepared.Broke(new Outcome.Failed("look", silent.reason()));
      }
      Plan plan = driver.restore(revision, observed);
      return plan instanceof Plan.InSync
          ? new Prepared.InStep(revision.desired())
          : new Prepared.Restores(revision, plan, origin);
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while looking and planning the way back", e);
      return new Prepared.Broke(failed("look and plan", e));
    }
  }

  /** What of the last plan needs no reload; in step where there is nothing. */
  Plan planWithoutReload(DesiredState desired) {
    try {
      return seen.map(observed -> driver.planWithoutReload(desired, observed))
          .orElseGet(() -> new Plan.InSync(desired.fingerprint()));
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while planning what needs no reload", e);
      return new Plan.InSync(desired.fingerprint());
    }
  }

  /** Does a part of what is to be done; the next round looks at everything. */
  Outcome applyPart(Plan.Live part) throws InterruptedException {
    untouched = false;
    doubtful = true;
    return carryOut(part);
  }

  /** Does what was planned. */
  Outcome apply(Prepared.ToDo todo) throws InterruptedException {
    untouched = false;
    doubtful = true;
    Outcome outcome = carryOut(todo.plan());
    switch (outcome) {
      case Outcome.Applied ignored -> {
        confirm(todo.desired());
        process = driver.process();
      }
      case Outcome.Rejected ignored -> confirmed.clear();
      case Outcome.Failed ignored -> confirmed.clear();
    }
    return outcome;
  }

  private Outcome carryOut(Plan plan) throws InterruptedException {
    try {
      return driver.apply(plan);
    } catch (RuntimeException e) {
      LOG.error("unexpected failure while applying", e);
      return failed("apply", e);
    }
  }

  /** What keeps the hands off a proxy that was not touched yet; looks at it to know. */
  private Optional<String> beginning(Inputs inputs, Duration running) throws InterruptedException {
    boolean alreadyRunning = condition.filter(Condition.Running.class::isInstance).isPresent();
    if (!alreadyRunning) {
      adopt(observe(Set.copyOf(pools)));
    }
    Optional<String> reason = waitsFor(inputs, running);
    if (reason.isEmpty() && alreadyRunning) {
      adopt(observe(Set.copyOf(pools))); // the first look may be seconds old
      reason = waitsFor(inputs, running);
    }
    return reason;
  }

  private Optional<String> waitsFor(Inputs inputs, Duration running) {
    if (condition.isPresent() && condition.get() instanceof Condition.Unreachable silent) {
      return Optional.of("cannot ask the proxy what it serves: " + silent.reason());
    }
    return unknown.or(() -> gate.waitsFor(pools, inputs, running));
  }

  private void adopt(Observed observed) {
    gate.look(pools, observed);
    adopted =
        observed.pools().values().stream()
            .flatMap(pool -> pool.members().stream())
            .collect(
                Collectors.toUnmodifiableMap(
                    Observed.ObservedMember::endpoint,
                    Observed.ObservedMember::state,
                    Steering::moreAlive));
  }

  /** Of an address that several pools carry. */
  private static ServerState moreAlive(ServerState a, ServerState b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private Prepared plan(DesiredState desired, Task task) throws InterruptedException {
    boolean everything = task.all() || doubtful;
    Set<PoolId> wanted =
        everything
            ? desired.pools().stream().map(DesiredPool::id).collect(Collectors.toSet())
            : changed(desired);
    if (wanted.isEmpty() && !everything) {
      confirm(desired);
      return new Prepared.InStep(desired);
    }
    boolean known = !doubtful && runs(condition);
    Optional<String> former = process;
    Observed observed = observe(wanted);
    Plan plan = plan(desired, observed, task);
    if (plan instanceof Plan.InSync) {
      if (observed.condition() instanceof Condition.Unreachable silent) {
        doubtful = true;
        return new Prepared.Broke(new Outcome.Failed("look", silent.reason()));
      }
      confirm(desired);
      return new Prepared.InStep(desired);
    }
    boolean onlyTold = plan instanceof Plan.Blocked && plan.changes().isEmpty();
    if (!known || !runs(condition) || onlyTold) {
      return new Prepared.ToDo(desired, plan, Prepared.Origin.WANTED);
    }
    boolean same = process.equals(former);
    Prepared.Origin origin =
        task.reload().isPresent() || !changed(desired).isEmpty()
            ? Prepared.Origin.WANTED
            : same ? Prepared.Origin.FOREIGN : Prepared.Origin.RELOADED;
    return new Prepared.ToDo(desired, plan, origin, same ? atProxy(observed) : List.of());
  }

  /** A proxy that is to be loaded anew is one that has not loaded what lies in its files. */
  private Plan plan(DesiredState desired, Observed observed, Task task) {
    if (task.reload().isEmpty()) {
      return driver.plan(desired, observed);
    }
    return driver.plan(desired, observed.notLoaded()) instanceof Plan.Reload reload
        ? new Plan.Reload(
            reload.target(),
            reload.changes(),
            List.of(task.reload().get()),
            reload.files(),
            reload.followUps())
        : driver.plan(desired, observed);
  }

  /** What a new process of the proxy has is what its files say, and nobody's decision. */
  private List<AtProxy> atProxy(Observed observed) {
    return before
        .map(state -> AtProxy.between(state, observed, driver.frozen().keySet()))
        .orElse(List.of());
  }

  private Observed observe(Set<PoolId> wanted) throws InterruptedException {
    Observed observed = driver.observe(wanted);
    seen = Optional.of(observed);
    condition = Optional.of(observed.condition());
    process = driver.process();
    return observed;
  }

  private void confirm(DesiredState desired) {
    untouched = false;
    doubtful = false;
    before = Optional.of(desired);
    confirmed =
        desired.pools().stream()
            .collect(Collectors.toMap(DesiredPool::id, DesiredPool::fingerprint));
  }

  private Set<PoolId> changed(DesiredState desired) {
    return desired.pools().stream()
        .filter(pool -> !pool.fingerprint().equals(confirmed.get(pool.id())))
        .map(DesiredPool::id)
        .collect(Collectors.toSet());
  }

  private static boolean runs(Optional<Condition> condition) {
    return condition.filter(Condition.Running.class::isInstance).isPresent();
  }

  private static Outcome.Failed failed(String step, RuntimeException e) {
    return new Outcome.Failed(step, "unexpected: " + e);
  }
}
