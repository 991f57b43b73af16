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
import dev.weir.model.Author;
import dev.weir.model.CatalogPool;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.SourceState;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import dev.weir.testkit.fake.FakeStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final SamplePools pools = new SamplePools();

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
    pools.pool(pool, health);
    changed();
  }

  /** What a real keeper knows takes the place of all pools and sources; proxies follow. */
  public synchronized void inputs(Inputs known) {
    pools.become(known);
    changed();
  }

  /** Says how a source stands. */
  public synchronized void source(SourceState state) {
    pools.source(state);
  }

  private void changed() {
    proxies.forEach(SampleProxy::changed);
  }

  /** Adds a proxy that carries these pools and confirms every change at once. */
  public synchronized SampleProxy proxy(String name, String... pools) {
    SampleProxy proxy =
        new SampleProxy(
            this,
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
    return pools.overrides(new PoolId(pool));
  }

  @Override
  public synchronized Inputs inputs() {
    return pools.inputs();
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

  /** Something was asked for that is no override. */
  synchronized void note(String command) {
    commands.add(command);
  }

  @Override
  public synchronized long submit(Command command) throws Refused {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    switch (command) {
      case Command.SetOverride set -> set(set.override(), set.requestId());
      case Command.ClearOverride clear -> pools.clear(clear.target(), clear.slot());
      case Command.Together together -> {
        for (Command part : together.parts()) {
          var _ = submit(part);
        }
      }
      case Command.Release release ->
          note("release %s by %s".formatted(release.pool(), release.by().name()));
      case Command.Deny deny -> note("deny %s by %s".formatted(deny.pool(), deny.by().name()));
      case Command.Reconfigure ignored -> {}
    }
    changed();
    return pools.inputs().generation();
  }

  private void set(OperatorOverride override, Optional<String> requestId) {
    journal.record(
        Event.of(Instant.now(), EventKind.OVERRIDE_SET, Event.Subject.WEIR, "decided")
            .by(
                new Author(override.attribution().by(), requestId),
                new Event.Change("none", "decided"),
                override.attribution().reason()));
    pools.set(override);
  }
}
