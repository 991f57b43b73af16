package dev.weir.app.api;

import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.LastLook;
import dev.weir.engine.health.ProbeMeters;
import dev.weir.engine.journal.Journal;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Ledger;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.Pauses;
import dev.weir.engine.reconcile.Proxy;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ReloadOrder;
import dev.weir.engine.reconcile.Sync;
import dev.weir.engine.resolve.Resolver;
import dev.weir.model.Author;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Fingerprint;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.Observed;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.model.Target;
import dev.weir.spi.Drain;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ServerRow;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import dev.weir.testkit.fake.FakeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Weir that a test fills by hand: what it holds is what the test put in, decisions are taken in
 * at once, and its proxies confirm when the test says so. Safe for any thread.
 */
public final class SampleWeir implements View, Commands {

  private final Journal journal;
  private final Pauses pauses;
  private final Time time;
  private final FakeStore store = new FakeStore();
  private final Ledger ledger;
  private Optional<String> pausedFile = Optional.empty();
  private final Tokens tokens;
  private final Jobs jobs;
  private final LogLevels logLevels = new SampleLogLevels();
  private final ProbeMeters probes = new ProbeMeters();
  private final List<SampleProxy> proxies = new ArrayList<>();
  private final Map<MemberId, LastLook> looks = new HashMap<>();
  private final List<String> commands = new ArrayList<>();
  private Optional<Refused> refusal = Optional.empty();
  private ConfigState configuration =
      new ConfigState(Instant.now(), Optional.empty(), Origin.THIS_RUN);
  private Map<Path, String> texts = Map.of();
  private Optional<Trouble> storeTrouble = Optional.empty();
  private Inputs inputs = new Inputs(1, true, Map.of(), Map.of());

  public SampleWeir() {
    this(Time.SYSTEM);
  }

  /** With another clock than the system's for what answers requests. */
  SampleWeir(Time time) {
    this.time = time;
    try {
      this.journal = Journal.open(store, Time.SYSTEM);
      this.ledger = Ledger.open(store);
      this.tokens = Tokens.open(store, Time.SYSTEM);
      this.jobs = Jobs.open(store, Time.SYSTEM);
      this.pauses = Pauses.open(store, Time.SYSTEM, journal::record);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds or replaces a pool with its members' health; its sources have reported. */
  public synchronized void pool(CatalogPool pool, Map<MemberId, Health> health) {
    Map<SourceName, SourceState> sources = new HashMap<>(inputs.sources());
    pool.definition()
        .sources()
        .forEach(binding ->
            sources.put(
                binding.name(),
                new SourceState(
                    binding.name(),
                    Optional.of(
                        new SourceState.LastGood(
                            pool.members().stream().map(CatalogMember::member).toList(),
                            Instant.now(),
                            false)),
                    Optional.empty())));
    List<OperatorOverride> overrides =
        Optional.ofNullable(inputs.pools().get(pool.id()))
            .map(PoolInputs::overrides)
            .orElse(List.of());
    put(new PoolInputs(pool, health, overrides, Map.of(), List.of()), sources);
  }

  /** What a real keeper knows takes the place of all pools and sources; proxies follow. */
  public synchronized void inputs(Inputs known) {
    inputs = known;
    proxies.forEach(SampleProxy::changed);
  }

  /** Says how a source stands. */
  public synchronized void source(SourceState state) {
    Map<SourceName, SourceState> sources = new HashMap<>(inputs.sources());
    sources.put(state.name(), state);
    inputs = new Inputs(inputs.generation() + 1, true, inputs.pools(), sources);
  }

  /** Adds a proxy that carries these pools and confirms every change at once. */
  public synchronized SampleProxy proxy(String name, String... pools) {
    SampleProxy proxy =
        new SampleProxy(
            Proxy.of(
                new ProxyName(name),
                "nginx",
                List.of(pools).stream().map(PoolId::new).toList(),
                Mode.FULL));
    proxies.add(proxy);
    proxy.follow();
    return proxy;
  }

  /** The next command is refused. */
  public synchronized void refuse(Refused next) {
    refusal = Optional.of(next);
  }

  /** Something was applied. */
  public void applied(Revision revision) {
    try {
      store.appendRevisions(List.of(revision));
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commands are taken again. */
  public synchronized void takeAgain() {
    refusal = Optional.empty();
  }

  /** Says what the last probe of a member found. */
  public synchronized void looked(MemberId member, LastLook look) {
    looks.put(member, look);
  }

  public synchronized void configuration(ConfigState state) {
    configuration = state;
  }

  /** Nothing can be kept, for this reason. */
  public synchronized void storeFails(String reason) {
    storeTrouble = Optional.of(new Trouble(reason, Instant.now()));
  }

  /** Records an event. */
  public void happened(EventKind kind, Event.Subject subject, String message) {
    journal.record(Event.of(Instant.now(), kind, subject, message));
  }

  /** The commands that arrived besides overrides: {@code release web by alice}. */
  public synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  /** The overrides of a pool. */
  public synchronized List<OperatorOverride> overrides(String pool) {
    return of(new PoolId(pool)).overrides();
  }

  @Override
  public synchronized Inputs inputs() {
    return inputs;
  }

  @Override
  public synchronized List<ProxyView> proxies() {
    return List.copyOf(proxies);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public Map<String, PoolSetState> poolSets() {
    return SampleSets.states();
  }

  @Override
  public Optional<Brake.Hold> handsOff(ProxyName proxy) {
    return pausedFile().map(Brake.Hold::asItIs).or(() -> pauses.holds(proxy));
  }

  private synchronized Optional<String> pausedFile() {
    return pausedFile;
  }

  /** Nothing is touched, for a reason that is no pause. */
  public synchronized void pausedBy(String reason) {
    pausedFile = Optional.of(reason);
  }

  @Override
  public Pauses pauses() {
    return pauses;
  }

  @Override
  public ProbeMeters probes() {
    return probes;
  }

  @Override
  public synchronized Optional<LastLook> lastLook(MemberId member) {
    return Optional.ofNullable(looks.get(member));
  }

  /** It says what an HTTP check would, and finds what was last looked at. */
  @Override
  public synchronized ProbeResult tryOut(Candidate member, Transcript transcript) {
    transcript.note("connects to " + member.endpoint());
    transcript.line(Transcript.Voice.SENT, "GET /healthz HTTP/1.1");
    transcript.line(Transcript.Voice.RECEIVED, "HTTP/1.1 200 OK");
    return lastLook(member.id())
        .map(LastLook::result)
        .orElse(new ProbeResult(ProbeResult.Kind.OK, "200 OK", Duration.ofMillis(3)));
  }

  @Override
  public boolean measuresMembers() {
    return true;
  }

  @Override
  public Instant keeperLastRun() {
    return Instant.now();
  }

  @Override
  public synchronized ConfigState configuration() {
    return configuration;
  }

  @Override
  public synchronized Map<Path, String> configurationTexts() {
    return texts;
  }

  /** It was configured so. */
  public synchronized void configured(Map<Path, String> files) {
    texts = files;
  }

  @Override
  public synchronized Optional<Trouble> storeTrouble() {
    return storeTrouble;
  }

  @Override
  public LogLevels logLevels() {
    return logLevels;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public synchronized long submit(Command command) throws Refused {
    mayRefuse();
    return switch (command) {
      case Command.SetOverride set -> set(set.override(), set.requestId());
      case Command.ClearOverride clear -> {
        concerned(clear.target())
            .forEach(id -> change(id, without(id, clear.target(), clear.slot())));
        yield inputs.generation();
      }
      case Command.Together together -> {
        for (Command part : together.parts()) {
          var _ = submit(part);
        }
        yield inputs.generation();
      }
      case Command.Release release -> {
        commands.add("release %s by %s".formatted(release.pool(), release.by().name()));
        yield inputs.generation();
      }
      case Command.Deny deny -> {
        commands.add("deny %s by %s".formatted(deny.pool(), deny.by().name()));
        yield inputs.generation();
      }
      case Command.Reconfigure ignored -> inputs.generation();
    };
  }

  private long set(OperatorOverride override, Optional<String> requestId) {
    journal.record(
        Event.of(Instant.now(), EventKind.OVERRIDE_SET, Event.Subject.WEIR, "decided")
            .by(
                new Author(override.attribution().by(), requestId),
                new Event.Change("none", "decided"),
                override.attribution().reason()));
    for (PoolId id : concerned(override.target())) {
      List<OperatorOverride> overrides = without(id, override.target(), override.slot());
      overrides.add(override);
      change(id, overrides);
    }
    return inputs.generation();
  }

  private List<PoolId> concerned(Target target) {
    return target.onlyPool().map(List::of).orElseGet(() -> List.copyOf(inputs.pools().keySet()));
  }

  private void mayRefuse() throws Refused {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private PoolInputs of(PoolId id) {
    return Optional.ofNullable(inputs.pools().get(id)).orElseThrow();
  }

  private List<OperatorOverride> without(PoolId id, Target target, OperatorOverride.Slot slot) {
    List<OperatorOverride> overrides = new ArrayList<>(of(id).overrides());
    overrides.removeIf(other -> other.target().equals(target) && other.slot() == slot);
    return overrides;
  }

  private void change(PoolId id, List<OperatorOverride> overrides) {
    PoolInputs old = of(id);
    put(
        new PoolInputs(old.pool(), old.health(), overrides, old.resolved(), old.lastReady()),
        inputs.sources());
  }

  private void put(PoolInputs pool, Map<SourceName, SourceState> sources) {
    Map<PoolId, PoolInputs> pools = new HashMap<>(inputs.pools());
    pools.put(pool.id(), pool);
    inputs = new Inputs(inputs.generation() + 1, true, pools, sources);
    proxies.forEach(SampleProxy::changed);
  }

  /** A proxy that confirms what it is told, or lags behind until it is let. */
  public final class SampleProxy implements ProxyView {
    private List<Drain> drains = List.of();
    private boolean mute;
    private Optional<Outcome> way =
        Optional.of(new Outcome.Applied(Fingerprint.of(""), Outcome.Way.RELOAD));
    private final Proxy proxy;
    private boolean lags;
    private Optional<Sync> trouble = Optional.empty();
    private Optional<ProxyStatus.LastOutcome> last = Optional.empty();
    private Observed.Condition condition = new Observed.Condition.Running("1.22.1");
    private long generation;
    private Optional<DesiredState> desired = Optional.empty();

    private SampleProxy(Proxy proxy) {
      this.proxy = proxy;
    }

    /** From now on confirms nothing. */
    public void lag() {
      synchronized (SampleWeir.this) {
        lags = true;
      }
    }

    /** Confirms what there is, and all that comes. */
    public void follow() {
      synchronized (SampleWeir.this) {
        lags = false;
        changed();
      }
    }

    /** Has a server that still drains, or did. */
    public void drains(Drain drain) {
      synchronized (SampleWeir.this) {
        drains = List.of(drain);
        SampleWeir.this.notifyAll();
      }
    }

    /** Is out of step for this reason. */
    public void trouble(Sync sync, Outcome outcome, Observed.Condition newCondition) {
      synchronized (SampleWeir.this) {
        lags = true;
        trouble = Optional.of(sync);
        last =
            Optional.of(new ProxyStatus.LastOutcome(outcome, Instant.now(), Duration.ofMillis(40)));
        condition = newCondition;
      }
    }

    @Override
    public void sync() {
      synchronized (SampleWeir.this) {
        commands.add("sync " + proxy.name());
        if (trouble.isEmpty()) {
          follow();
        }
      }
    }

    @Override
    public ReloadOrder reload(String why) {
      synchronized (SampleWeir.this) {
        commands.add("reload %s: %s".formatted(proxy.name(), why));
        ReloadOrder order = new ReloadOrder(why);
        if (!lags) {
          order.answer(new Outcome.Applied(Fingerprint.of(""), Outcome.Way.RELOAD));
        }
        return order;
      }
    }

    private void changed() {
      if (!lags) {
        generation = inputs.generation();
        desired = Optional.of(new Resolver().resolve(inputs, proxy.pools(), Map.of()));
        SampleWeir.this.notifyAll();
      }
    }

    @Override
    public Proxy proxy() {
      return proxy;
    }

    @Override
    public ProxyStatus status() {
      synchronized (SampleWeir.this) {
        Sync sync =
            trouble.orElse(
                lags && generation < inputs.generation()
                    ? new Sync.Behind("lags", Optional.empty())
                    : new Sync.Reached());
        return new ProxyStatus(
            proxy.name(),
            proxy.kind(),
            desired,
            sync,
            last,
            Optional.of(condition),
            Optional.empty(),
            drains,
            List.of(
                new PoolWay(new PoolId("web"), PoolWay.Kind.SLOTS, "balance static-rr is static")),
            pinned(),
            new ProxyStatus.Progress(
                generation,
                3,
                Optional.of(Instant.now()),
                Optional.of(Instant.now()),
                Instant.now(),
                Instant.now()));
      }
    }

    /** Where it is pinned, the proxy has tried at once, unless the test wants it otherwise. */
    private Optional<ProxyStatus.Pinned> pinned() {
      return pauses
          .holds(proxy.name())
          .flatMap(Brake.Hold::pin)
          .map(to -> new ProxyStatus.Pinned(to, way));
    }

    /** What becomes of the next rollbacks; absent for not tried yet. */
    public void rollback(Optional<Outcome> outcome) {
      synchronized (SampleWeir.this) {
        way = outcome;
      }
    }

    @Override
    public List<ServerRow> rows(PoolId pool) throws IOException {
      synchronized (SampleWeir.this) {
        if (mute) {
          throw new IOException("nobody listens on /run/admin.sock");
        }
        return desired
            .flatMap(state -> state.pool(pool))
            .map(DesiredPool::members)
            .orElse(List.of())
            .stream()
            .map(member -> row(pool, member))
            .toList();
      }
    }

    /** Cannot be asked any more what it counts. */
    public void mute() {
      synchronized (SampleWeir.this) {
        mute = true;
      }
    }

    private static ServerRow row(PoolId pool, DesiredMember member) {
      return new ServerRow(
          pool,
          "slot-of-" + member.name(),
          Optional.of(member.endpoint()),
          "UP",
          Optional.of("L7OK: 200"),
          Optional.of(
              new ServerRow.Opinion(
                  ServerRow.Opinion.Word.UP,
                  new ProbeResult(ProbeResult.Kind.OK, "L7OK: 200", Duration.ZERO))),
          new ServerRow.Load(3, 1, 7, 900, 2),
          Duration.ofSeconds(61));
    }

    @Override
    public ProxyStatus awaitStatus(Predicate<ProxyStatus> wanted, Duration atMost)
        throws InterruptedException {
      long deadline = System.nanoTime() + atMost.toNanos();
      synchronized (SampleWeir.this) {
        long left = atMost.toMillis();
        while (!wanted.test(status()) && left > 0) {
          SampleWeir.this.wait(left);
          left = (deadline - System.nanoTime()) / 1_000_000;
        }
        return status();
      }
    }
  }
}
