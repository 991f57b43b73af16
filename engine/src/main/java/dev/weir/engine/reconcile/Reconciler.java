package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ProxyStatus.LastOutcome;
import dev.weir.engine.reconcile.ReloadThrottle.Deferral;
import dev.weir.engine.reconcile.ReloadThrottle.Urgency;
import dev.weir.engine.run.Backoff;
import dev.weir.engine.run.Latest;
import dev.weir.model.DesiredState;
import dev.weir.model.Event;
import dev.weir.model.Inputs;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ServerRow;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one proxy in step with the inputs: resolve, observe, plan, apply, read back; again when
 * something changes, when it failed, and every 30 s because proxies are changed behind our back.
 *
 * <p>A step function and a thin loop around it: one thread calls {@link #step}, {@link #run} or
 * {@link #runOnce}; all else is safe for any thread. Closing it leaves the proxy as it is.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Backoff.Limits RETRY =
      new Backoff.Limits(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** How rarely a loop that has nothing to do shows that it is alive. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** How soon it is noticed that a pause has ended by itself. */
  private static final Duration PAUSED = Duration.ofSeconds(2);

  private final Proxy proxy;
  private final Time time;
  private final Latest<Inputs> inbox;
  private volatile ProxyDriver driver; // written by the thread that calls step
  private final Steering steering;
  private final Agenda agenda = new Agenda();
  private final ReloadThrottle throttle;
  private final Backoff backoff;
  private final Brake brake;
  private final Herald herald;
  private final DrainNews drains;
  private Stamp stamp;
  private final StatusBoard board;
  private final long originNanos;

  // owned by the thread that calls step
  private Inputs inputs = Inputs.NONE;
  private OptionalLong changedSince = OptionalLong.empty();
  private final Situation situation = new Situation();
  private final Pin pin;
  private final Tolerance tolerance;
  private Tolerance.Asked asked = Tolerance.Asked.BY_ITSELF;

  private volatile boolean syncAsked;
  private final AtomicReference<@Nullable Load> nextLoad = new AtomicReference<>();

  /**
   * What a reconciler works with.
   *
   * @param random for the waits between tries
   * @param events told what becomes of the proxy; never blocks
   * @param brake asked before the proxy is touched
   * @param appeals told what somebody else does at the proxy
   */
  public record Means(
      Time time,
      RandomGenerator random,
      Desires desires,
      Consumer<Event> events,
      Brake brake,
      Appeals appeals) {

    /** With nobody who could stop it. */
    public Means(Time time, RandomGenerator random, Desires desires, Consumer<Event> events) {
      this(time, random, desires, events, Brake.NONE, Appeals.NONE);
    }
  }

  /**
   * @param inbox where the newest inputs are put
   * @param driver closed with this
   */
  public Reconciler(Proxy proxy, Means means, Latest<Inputs> inbox, ProxyDriver driver) {
    this.proxy = proxy;
    this.time = means.time();
    this.inbox = inbox;
    this.driver = driver;
    this.steering = new Steering(proxy.pools(), means.desires(), driver);
    this.backoff = new Backoff(RETRY, means.random());
    this.throttle = new ReloadThrottle(proxy.reloads());
    this.stamp = new Stamp(proxy.name(), driver);
    this.brake = means.brake();
    this.pin = new Pin(proxy.ledger());
    this.herald = new Herald(proxy.name(), time, means.events());
    this.tolerance = new Tolerance(proxy, means.appeals(), herald);
    this.drains = new DrainNews(proxy, time, means.events());
    this.originNanos = time.nanos();
    this.board = new StatusBoard(time, snapshot());
  }

  /** How the proxy stands. */
  public ProxyStatus status() {
    return board.current();
  }

  /**
   * Waits for a status.
   *
   * @param atMost zero or less: does not wait
   * @return the newest status, whether it is as wanted or the time is over
   */
  public ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
      throws InterruptedException {
    return board.await(wanted, atMost);
  }

  /**
   * What the proxy counts for the servers of a pool, asked now.
   *
   * @throws IOException when it cannot be asked
   */
  public List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return driver.rows(pool);
  }

  /** Asks for a full look, plan and repair at once, whatever is being waited for. */
  public void sync() {
    syncAsked = true;
    inbox.wake();
  }

  /** From its next round on, which is due at once, the proxy carries other pools. */
  public void carry(Load load) {
    nextLoad.set(load);
    sync();
  }

  /** Keeps the proxy in step until interrupted. */
  public void run() throws InterruptedException {
    while (true) {
      inbox.await(step());
    }
  }

  /**
   * Brings the proxy in step once: until there is an outcome of any kind, and nothing is put off.
   *
   * @param atMost how long the first reports and checks are waited for
   */
  public ProxyStatus runOnce(Duration atMost) throws InterruptedException {
    long deadline = now() + atMost.toNanos();
    while (true) {
      Duration wait = step();
      Duration left = Duration.ofNanos(deadline - now());
      boolean idle = !agenda.upkeepPending() || hold().isPresent();
      boolean done = status().hadOutcome() && idle;
      if (done || !left.isPositive()) {
        return status();
      }
      inbox.await(wait.compareTo(left) < 0 ? wait : left);
    }
  }

  /**
   * Does what is due.
   *
   * @return how long there is nothing to do unless something comes in
   */
  public Duration step() throws InterruptedException {
    takeNews();
    if (syncAsked) {
      syncAsked = false;
      asked = Tolerance.Asked.TO_REPAIR;
      agenda.ask();
    }
    if (agenda.stampDue(now())) {
      if (stamp.hasChanged()) {
        agenda.ask();
      } else {
        agenda.watchStamp(now());
      }
    }
    if (agenda.roundDue(now())) {
      round();
      asked = Tolerance.Asked.BY_ITSELF;
      board.put(snapshot());
    }
    if (agenda.upkeepDue(now())) {
      upkeep();
    }
    if (agenda.watchDue(now())) {
      watch();
    }
    board.put(snapshot());
    long left = Math.max(0, agenda.next() - now());
    return Duration.ofNanos(Math.min(left, HEARTBEAT.toNanos()));
  }

  /** Closes the driver; the proxy stays as it is. */
  @Override
  public void close() {
    driver.close();
  }

  private void takeNews() {
    Optional<Latest.Dated<Inputs>> news = inbox.takeNow();
    if (news.isEmpty()) {
      return;
    }
    Inputs before = inputs;
    inputs = news.get().value();
    if (steering.untouched() || steering.concerned(before, inputs)) {
      agenda.changed(now());
      if (changedSince.isEmpty()) {
        changedSince = OptionalLong.of(news.get().sinceNanos() - originNanos);
      }
    } else if (!agenda.changePending()) {
      situation.unconcerned(inputs.generation());
    }
  }

  private void round() throws InterruptedException {
    Steering.Scope scope = agenda.roundBegins(now());
    if (driver.followsItsConfiguration()) {
      if (stamp.hasChanged()) {
        steering.doubt(); // what differs then is wanted so, nobody changed the proxy
      }
      stamp.remember(); // before it is looked at, so that no change is missed
    }
    if (scope == Steering.Scope.ALL) {
      situation.looked(time.now());
    }
    Prepared prepared = prepare(scope);
    steering.condition().ifPresent(herald::condition);
    switch (prepared) {
      case Prepared.Waits waits -> {
        situation.is(new Sync.Waiting(waits.reason()));
        changedSince = OptionalLong.empty();
        agenda.lookAgainAt(Gate.PATIENCE.toNanos(), now());
      }
      case Prepared.InStep step -> {
        inStep(step.desired());
        agenda.watchAt(now(), Duration.ZERO);
        agenda.upkeepAt(now(), Duration.ZERO); // what an earlier Weir put off is found by looking
      }
      case Prepared.ToDo todo -> act(todo, scope);
      case Prepared.Restores way -> restore(way, scope);
      case Prepared.Broke broke -> failed(broke.failure(), Optional.empty());
    }
    if (driver.followsItsConfiguration()) {
      agenda.watchStamp(now());
    }
    herald.frozen(driver.frozen());
    herald.foreignChanges(driver.foreignChanges());
    if (herald.lost()) {
      agenda.lookAgainForLostProxy(now());
    }
  }

  /** A pinned proxy is brought where it is pinned first; then it is told what would be done. */
  private Prepared prepare(Steering.Scope scope) throws InterruptedException {
    Optional<Outcome.Failed> burden = takeUpLoad();
    if (burden.isPresent()) {
      return new Prepared.Broke(burden.get());
    }
    Optional<Revision> pinned = pin.take(hold(), steering.pools());
    if (pinned.isPresent()) {
      Prepared way = steering.restore(pinned.get(), pin.origin());
      if (!(way instanceof Prepared.InStep there)) {
        return way;
      }
      pin.tried(new Outcome.Applied(there.desired().fingerprint(), Outcome.Way.LIVE));
    }
    return steering.prepare(inputs, scope, Duration.ofNanos(now()));
  }

  /** Why other pools could not be taken up; absent when they were, or there are none. */
  private Optional<Outcome.Failed> takeUpLoad() {
    Load load = nextLoad.get();
    if (load == null) {
      return Optional.empty();
    }
    try {
      Load.Renewed renewed = load.renewal().renew(driver);
      driver = renewed.driver();
      stamp = new Stamp(proxy.name(), driver);
      steering.renew(driver);
      if (renewed.problem().isPresent()) {
        return Optional.of(new Outcome.Failed("carry other pools", renewed.problem().get()));
      }
    } catch (RuntimeException e) {
      LOG.error("proxy {}: cannot carry other pools", proxy.name(), e);
      return Optional.of(new Outcome.Failed("carry other pools", String.valueOf(e.getMessage())));
    }
    steering.carry(load);
    nextLoad.compareAndSet(load, null);
    return Optional.empty();
  }

  private void inStep(DesiredState state) {
    reached(state);
    herald.inSync();
    backoff.reset();
  }

  /** In step but for what the proxy refuses, which is tried again when its own files change. */
  private void reached(DesiredState state) {
    SortedMap<PoolId, String> frozen = driver.frozen();
    if (frozen.isEmpty()) {
      situation.reached(state, time.now());
    } else {
      situation.shallBe(state);
      situation.is(new Sync.Behind(Wording.frozen(frozen), Optional.empty()));
      watchConfiguration();
    }
    changedSince = OptionalLong.empty();
  }

  private void act(Prepared.ToDo todo, Steering.Scope scope) throws InterruptedException {
    situation.shallBe(todo.desired());
    Optional<Brake.Hold> hold = hold();
    if (hold.isPresent()) {
      Sync.WouldApply would =
          new Sync.WouldApply(
              todo.plan(), Wording.plan(todo.plan()), hold.get().why() + pin.trouble());
      situation.is(would);
      herald.wouldApply(would);
      agenda.lookAgainAt(now() + PAUSED.toNanos(), now());
      return;
    }
    Optional<Deferral> deferral = deferral(todo.plan(), todo.desired());
    if (deferral.isPresent()) {
      putOff(deferral.get(), todo.plan(), scope);
    } else if (!objected(todo)) {
      var _ = apply(todo);
    }
  }

  /** Whether what was changed at the proxy itself is not to be put right now. */
  private boolean objected(Prepared.ToDo todo) {
    Optional<Tolerance.Objection> objection = tolerance.to(todo, asked, now());
    objection.ifPresent(it -> {
      situation.is(new Sync.Behind(it.why(), Optional.of(todo.plan())));
      it.again().ifPresent(in -> agenda.lookAgainAt(now() + in.toNanos(), now()));
    });
    return objection.isPresent();
  }

  /** What would be done is looked at next, with everything else that waits. */
  private void restore(Prepared.Restores way, Steering.Scope scope) throws InterruptedException {
    situation.shallBe(way.revision().desired());
    Optional<Deferral> deferral = deferral(way.plan(), way.revision().desired());
    if (deferral.isPresent()) {
      putOff(deferral.get(), way.plan(), scope);
      return;
    }
    if (objected(way.todo())) {
      return;
    }
    Outcome outcome = apply(way.todo());
    pin.tried(outcome);
    if (outcome instanceof Outcome.Applied) {
      proxy.meters().rolledBack(ReconcileMeters.Rollback.OPERATOR);
      agenda.ask();
    }
  }

  private Optional<Deferral> deferral(Plan plan, DesiredState desired) {
    return plan instanceof Plan.Reload reload
        ? throttle.deferral(now(), driver.oldProcesses(), Urgency.of(reload, desired))
        : Optional.empty();
  }

  /** What needs no reload goes on while one waits for longer than its distance. */
  private void putOff(Deferral deferral, Plan plan, Steering.Scope scope) {
    switch (deferral.cause()) {
      case DISTANCE -> agenda.putOffReload(deferral.until(), scope);
      case BUDGET, OLD_PROCESSES -> agenda.lookAgainAt(deferral.until(), now());
    }
    if (herald.deferred(deferral)) {
      proxy.meters().putOff(deferral.cause());
    }
    situation.is(new Sync.Behind(deferral.reason(), Optional.of(plan)));
  }

  /** What keeps the hands off the proxy; absent when it may be touched. */
  private Optional<Brake.Hold> hold() {
    return switch (proxy.mode()) {
      case FULL -> brake.holds(proxy.name());
      case OBSERVE -> Optional.of(Brake.Hold.asItIs("only observed, as configured"));
      case DRY_RUN -> Optional.of(Brake.Hold.asItIs("nothing is touched in a dry run"));
    };
  }

  private Outcome apply(Prepared.ToDo todo) throws InterruptedException {
    if (todo.origin() != Prepared.Origin.WANTED) {
      herald.drifted(todo.plan(), proxy.meters().drifted(todo.plan()));
    }
    long startNanos = now();
    if (todo.plan() instanceof Plan.Reload) {
      throttle.started(startNanos);
      herald.reloads();
    }
    Outcome outcome = steering.apply(todo);
    Duration took = Duration.ofNanos(now() - startNanos);
    proxy.meters().applied(todo.plan(), outcome, took);
    situation.tried(new LastOutcome(outcome, time.now(), took));
    switch (outcome) {
      case Outcome.Applied applied -> applied(todo, applied, took);
      case Outcome.Rejected rejected -> rejected(rejected, todo.plan());
      case Outcome.Failed failed -> failed(failed, Optional.of(todo.plan()));
    }
    agenda.watchAt(now(), Duration.ZERO);
    agenda.upkeepAt(now(), Duration.ZERO);
    return outcome;
  }

  private void applied(Prepared.ToDo todo, Outcome.Applied applied, Duration took) {
    changedSince.ifPresent(
        since -> proxy.meters().changeApplied(applied.way()).add(Duration.ofNanos(now() - since)));
    Revision revision =
        proxy.ledger().add(proxy.name(), todo, new Ledger.Done(applied.way(), time.now(), took));
    herald.applied(todo.plan(), revision);
    backoff.reset();
    reached(todo.desired());
  }

  private void rejected(Outcome.Rejected rejected, Plan plan) {
    herald.trouble(rejected);
    situation.is(new Sync.Behind(Wording.outcome(rejected), Optional.of(plan)));
    watchConfiguration();
  }

  /** One that is followed was remembered when the round began. */
  private void watchConfiguration() {
    if (!driver.followsItsConfiguration()) {
      stamp.remember();
    }
    agenda.watchStamp(now());
  }

  private void failed(Outcome.Failed failure, Optional<Plan> plan) {
    if (plan.isEmpty()) {
      situation.tried(new LastOutcome(failure, time.now(), Duration.ZERO));
    }
    herald.trouble(failure);
    situation.is(new Sync.Behind(Wording.outcome(failure), plan));
    agenda.retryAfter(now(), backoff.failed(now()));
  }

  private void upkeep() throws InterruptedException {
    if (hold().filter(hold -> hold.revision().isEmpty() || !pin.isThere()).isPresent()) {
      agenda.upkeepAt(now(), PAUSED);
      return;
    }
    try {
      Optional<Duration> again = driver.upkeep();
      again.ifPresentOrElse(in -> agenda.upkeepAt(now(), in), agenda::noUpkeep);
      if (driver.wantsLook()) {
        agenda.ask();
      }
    } catch (RuntimeException e) {
      LOG.error("proxy {}: unexpected failure in what was put off", proxy.name(), e);
      agenda.noUpkeep();
      steering.doubt();
      failed(new Outcome.Failed("upkeep", "unexpected: " + e), Optional.empty());
    }
  }

  private void watch() throws InterruptedException {
    try {
      Optional<Duration> again = driver.watch(hold().isPresent() ? Access.LOOK : Access.OWN);
      again.ifPresentOrElse(in -> agenda.watchAt(now(), in), agenda::nothingToWatch);
      drains.take(driver.drains(), situation.desired());
    } catch (RuntimeException e) {
      LOG.error("proxy {}: unexpected failure while watching drains", proxy.name(), e);
      agenda.nothingToWatch();
    }
  }

  private ProxyStatus snapshot() {
    Instant now = time.now();
    Instant nextTry = now.plusNanos(Math.max(0, agenda.next() - now()));
    return situation.status(
        proxy,
        new Situation.Outside(
            steering.condition(),
            driver.putOff(),
            driver.drains(),
            driver.ways(),
            pin.told(),
            now,
            nextTry));
  }

  /** Nanoseconds since this loop was made. */
  private long now() {
    return time.nanos() - originNanos;
  }
}
