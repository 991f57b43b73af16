package dev.weir.engine.reconcile;

import dev.weir.engine.run.Latest;
import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.spi.Checkpoints;
import dev.weir.testkit.Faults;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeProxy;
import dev.weir.testkit.fake.FakeProxyDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A reconciler with a proxy in memory, inputs that are written short, and a stand-in for the
 * resolver that makes every member of the catalog ready. Used by one thread, on manual time.
 */
final class Bench {
  static final PoolId WEB = new PoolId("web");
  static final PoolId API = new PoolId("api");
  static final PoolId OTHER = new PoolId("other");

  final ManualTime time = new ManualTime();
  final FakeProxy process = new FakeProxy();
  final List<Event> events = new ArrayList<>();
  final Latest<Inputs> inbox = new Latest<>(time);
  final Faults faults = new Faults();
  private final Map<PoolId, PoolInputs> pools = new HashMap<>();
  private final Map<SourceName, SourceState> sources = new HashMap<>();
  private final ReconcileMeters meters = new ReconcileMeters();
  private final Set<String> dead = new HashSet<>();
  private ReloadLimits limits = ReloadLimits.DEFAULT;
  private final Ledger ledger = Ledger.inMemory();
  private Drift drift = Drift.REPAIR;
  private Appeals appeals = Appeals.NONE;
  private Starting starting = Starting.OVER;
  private Optional<Brake.Hold> held = Optional.empty();
  private long generation = 100;
  private FakeProxyDriver.Updates updates = FakeProxyDriver.Updates.LIVE;
  private FakeProxyDriver fake = newFake();
  private SpyDriver driver = new SpyDriver(fake);
  private Reconciler reconciler = newReconciler(Mode.FULL);

  Bench byReload() {
    updates = FakeProxyDriver.Updates.RELOAD;
    return restart();
  }

  /** From now on the check of these addresses fails. */
  Bench dead(String... addresses) {
    dead.addAll(List.of(addresses));
    return this;
  }

  /** From now on reloads are limited so. */
  Bench limited(ReloadLimits newLimits) {
    limits = newLimits;
    return restart();
  }

  /** Weir starts anew beside the same proxy, with nothing known of its pools. */
  Bench restart() {
    return restart(Mode.FULL);
  }

  Bench restart(Mode mode) {
    driver = newDriver();
    reconciler = newReconciler(mode);
    return this;
  }

  /** Weir starts anew with this about what somebody else changes. */
  Bench drift(Drift newDrift, Appeals newAppeals) {
    drift = newDrift;
    appeals = newAppeals;
    return restart();
  }

  SpyDriver newDriver() {
    fake = newFake();
    return new SpyDriver(fake);
  }

  private FakeProxyDriver newFake() {
    Checkpoints checkpoints = faults;
    return new FakeProxyDriver(process, updates, time, checkpoints);
  }

  /** From now on this text is wanted around the members, which takes a reload. */
  Bench directive(String text) {
    var _ = fake.withDirective(text);
    return this;
  }

  private Reconciler newReconciler(Mode mode) {
    return new Reconciler(
        new Proxy(
            new ProxyName("edge"), "fake", List.of(WEB, API), mode, limits, drift, ledger, meters),
        new Reconciler.Means(
            time, new Random(1), this::desired, events::add, proxy -> held, appeals),
        inbox,
        driver);
  }

  /** From now on nothing is done to the proxy. */
  Bench pause() {
    held = Optional.of(Brake.Hold.asItIs("paused by alice"));
    return this;
  }

  /** From now on the proxy is to be brought to a revision and left there. */
  Bench pin(long revision) {
    held =
        Optional.of(
            new Brake.Hold(
                "pinned by alice", Optional.of(new Brake.PinnedTo(revision, time.now()))));
    return this;
  }

  Bench resume() {
    held = Optional.empty();
    return this;
  }

  SpyDriver driver() {
    return driver;
  }

  Reconciler reconciler() {
    return reconciler;
  }

  ReconcileMeters meters() {
    return meters;
  }

  ProxyStatus status() {
    return reconciler.status();
  }

  /** The kinds of events so far. */
  List<EventKind> told() {
    return events.stream().map(Event::kind).toList();
  }

  // ---- inputs

  /** The members that a pool has from now on; its source has been heard. */
  Bench members(PoolId pool, String... addresses) {
    SourceName source = SourceName.of(pool, "file");
    List<Member> all =
        Arrays.stream(addresses)
            .map(address -> Member.of(new MemberId(pool, Address.parse(address)), source))
            .toList();
    sources.put(
        source,
        new SourceState(
            source,
            Optional.of(new SourceState.LastGood(all, time.now(), false)),
            Optional.empty()));
    pools.put(pool, inputs(pool, source, all));
    return this;
  }

  /** A pool whose source has not said anything yet. */
  Bench unheard(PoolId pool) {
    SourceName source = SourceName.of(pool, "file");
    sources.put(source, SourceState.unheard(source));
    pools.put(pool, inputs(pool, source, List.of()));
    return this;
  }

  private static PoolInputs inputs(PoolId pool, SourceName source, List<Member> members) {
    PoolDefinition definition =
        new PoolDefinition(
            pool, PoolPolicy.DEFAULT, List.of(new PoolDefinition.SourceBinding(source, true)));
    return new PoolInputs(
        new CatalogPool(definition, members.stream().map(CatalogMember::present).toList()),
        Map.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  /** Whether first checks are still awaited. */
  Bench starting(Starting now) {
    starting = now;
    return this;
  }

  enum Starting {
    YES,
    OVER
  }

  /** Puts what was set up into the inbox; the generation. */
  long publish() {
    generation++;
    inbox.put(new Inputs(generation, starting == Starting.OVER, pools, sources));
    return generation;
  }

  // ---- time

  Duration step() {
    try {
      return reconciler.step();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the test's thread", e);
    }
  }

  /** Publishes and lets the reconciler act on it at once. */
  long settle() {
    long published = publish();
    runFor(Duration.ofMillis(10));
    return published;
  }

  /** Moves time on, stepping whenever the reconciler wants to. */
  void runFor(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    while (true) {
      Duration wait = step();
      long left = end - time.nanos();
      if (wait.toNanos() > left) {
        time.advance(Duration.ofNanos(left));
        return;
      }
      time.advance(wait);
    }
  }

  // ---- the stand-in for the resolver

  private DesiredState desired(
      Inputs inputs, List<PoolId> ids, Map<Endpoint, ServerState> adopted) {
    return DesiredState.of(
        inputs.generation(), ids.stream().map(id -> desired(inputs, id)).toList());
  }

  private DesiredPool desired(Inputs inputs, PoolId id) {
    PoolInputs pool = inputs.pools().get(id);
    List<CatalogMember> members = pool == null ? List.of() : pool.pool().members();
    return DesiredPool.of(
        id, members.stream().map(this::desired).toList(), List.of(), EmptyPolicy.DEFAULT);
  }

  private DesiredMember desired(CatalogMember it) {
    boolean up = !dead.contains(it.id().address().toString());
    String name = it.id().address().toString().replace(':', '_');
    return new DesiredMember(
        it.id(),
        name,
        (Endpoint) it.id().address(),
        up ? ServerState.READY : ServerState.MAINT,
        1,
        false,
        new TreeMap<>(),
        new Because(up ? Because.Cause.DISCOVERED : Because.Cause.CHECK_FAILED, "a test says so"));
  }
}
