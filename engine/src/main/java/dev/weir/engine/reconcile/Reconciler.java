package dev.weir.engine.reconcile;

import dev.weir.engine.run.Latest;
import dev.weir.model.Event;
import dev.weir.model.Inputs;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ServerRow;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** How rarely a loop that has nothing to do shows that it is alive. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Latest<Inputs> inbox;
  private final Workings at;
  private final Deeds deeds;
  private final Chores chores;
  private final StatusBoard board;

  // owned by the thread that calls step
  private Inputs inputs = Inputs.NONE;

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
    this.inbox = inbox;
    Time time = means.time();
    Steering steering = new Steering(proxy.pools(), means.desires(), driver);
    this.at =
        new Workings(
            proxy,
            LoopClock.startingNow(time),
            steering,
            new Agenda(),
            new Situation(),
            new Herald(proxy.name(), time, means.events()),
            new Pin(proxy.ledger()),
            new Stamp(proxy.name(), steering::driver),
            new FirstRequests(proxy.meters()),
            new ReloadOrders());
    this.deeds = new Deeds(at, means);
    this.chores = new Chores(at, deeds, new DrainNews(proxy, time, means.events()));
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
    return driver().rows(pool);
  }

  /** Asks for a full look, plan and repair at once, whatever is being waited for. */
  public void sync() {
    syncAsked = true;
    inbox.wake();
  }

  /**
   * Has the proxy loaded anew, with whatever else is to be done, in its next round, which is due at
   * once; it keeps its distance from other reloads. Without effect while the hands are kept off it.
   *
   * @param why for people
   */
  public ReloadOrder reload(String why) {
    ReloadOrder order = at.orders().add(why);
    sync();
    return order;
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
    long deadline = at.now() + atMost.toNanos();
    while (true) {
      Duration wait = step();
      Duration left = Duration.ofNanos(deadline - at.now());
      boolean idle = !at.agenda().upkeepPending() || deeds.hold().isPresent();
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
    Tolerance.Asked asked = Tolerance.Asked.BY_ITSELF;
    Agenda agenda = at.agenda();
    if (syncAsked) {
      syncAsked = false;
      asked = Tolerance.Asked.TO_REPAIR;
      agenda.ask();
    }
    if (agenda.stampDue(at.now())) {
      if (at.stamp().hasChanged()) {
        agenda.ask();
      } else {
        agenda.watchStamp(at.now());
      }
    }
    if (agenda.roundDue(at.now())) {
      round(asked);
      board.put(snapshot());
    }
    chores.doDue();
    board.put(snapshot());
    long left = Math.max(0, agenda.next() - at.now());
    return Duration.ofNanos(Math.min(left, HEARTBEAT.toNanos()));
  }

  /** Closes the driver; the proxy stays as it is. */
  @Override
  public void close() {
    driver().close();
  }

  private void takeNews() {
    Optional<Latest.Dated<Inputs>> news = inbox.takeNow();
    if (news.isEmpty()) {
      return;
    }
    Inputs before = inputs;
    inputs = news.get().value();
    Agenda agenda = at.agenda();
    if (at.steering().untouched() || at.steering().concerned(before, inputs)) {
      agenda.changed(at.now());
      deeds.changed(at.clock().at(news.get().sinceNanos()));
    } else if (!agenda.changePending()) {
      at.situation().unconcerned(inputs.generation());
    }
  }

  private void round(Tolerance.Asked asked) throws InterruptedException {
    Agenda agenda = at.agenda();
    Deeds.Round round = new Deeds.Round(agenda.roundBegins(at.now()), asked);
    if (driver().followsItsConfiguration()) {
      if (at.stamp().hasChanged()) {
        at.steering().doubt(); // what differs then is wanted so, nobody changed the proxy
      }
      at.stamp().remember(); // before it is looked at, so that no change is missed
    }
    if (round.scope() == Steering.Scope.ALL) {
      at.situation().looked(at.clock().instant());
    }
    Prepared prepared = prepare(round.scope());
    at.steering().condition().ifPresent(at.herald()::condition);
    switch (prepared) {
      case Prepared.Waits waits -> deeds.waits(waits);
      case Prepared.InStep step -> {
        deeds.inStep(step.desired());
        agenda.watchAt(at.now(), Duration.ZERO);
        agenda.upkeepAt(
            at.now(), Duration.ZERO); // what an earlier Weir put off is found by looking
      }
      case Prepared.ToDo todo -> deeds.act(todo, round);
      case Prepared.Restores way -> deeds.restore(way, round);
      case Prepared.Broke broke -> deeds.failed(broke.failure(), Optional.empty());
    }
    if (driver().followsItsConfiguration()) {
      agenda.watchStamp(at.now());
    }
    at.herald().frozen(driver().frozen());
    at.herald().foreignChanges(driver().foreignChanges());
    if (at.herald().lost()) {
      agenda.lookAgainForLostProxy(at.now());
    }
  }

  /** A pinned proxy is brought where it is pinned first; then it is told what would be done. */
  private Prepared prepare(Steering.Scope scope) throws InterruptedException {
    Optional<Outcome.Failed> burden = takeUpLoad();
    if (burden.isPresent()) {
      return new Prepared.Broke(burden.get());
    }
    Optional<Revision> pinned = at.pin().take(deeds.hold(), at.steering().pools());
    if (pinned.isPresent()) {
      Prepared way = at.steering().restore(pinned.get(), at.pin().origin());
      if (!(way instanceof Prepared.InStep there)) {
        return way;
      }
      at.pin().tried(new Outcome.Applied(there.desired().fingerprint(), Outcome.Way.LIVE));
    }
    deeds.hold().ifPresent(hold -> at.orders().fail("it is " + hold.why()));
    return at.steering()
        .prepare(inputs, new Steering.Task(scope, at.orders().why()), Duration.ofNanos(at.now()));
  }

  /** Why other pools could not be taken up; absent when they were, or there are none. */
  private Optional<Outcome.Failed> takeUpLoad() {
    Load load = nextLoad.get();
    if (load == null) {
      return Optional.empty();
    }
    try {
      Load.Renewed renewed = load.renewal().renew(driver());
      at.steering().renew(renewed.driver());
      at.stamp().forget();
      if (renewed.problem().isPresent()) {
        return Optional.of(new Outcome.Failed("carry other pools", renewed.problem().get()));
      }
    } catch (RuntimeException e) {
      LOG.error("proxy {}: cannot carry other pools", at.proxy().name(), e);
      return Optional.of(new Outcome.Failed("carry other pools", String.valueOf(e.getMessage())));
    }
    at.steering().carry(load);
    nextLoad.compareAndSet(load, null);
    return Optional.empty();
  }

  private ProxyDriver driver() {
    return at.steering().driver();
  }

  private ProxyStatus snapshot() {
    Instant now = at.clock().instant();
    Instant nextTry = now.plusNanos(Math.max(0, at.agenda().next() - at.now()));
    return at.situation()
        .status(
            at.proxy(),
            new Situation.Outside(
                at.steering().condition(),
                driver().putOff(),
                driver().drains(),
                driver().ways(),
                at.pin().told(),
                now,
                nextTry));
  }
}
