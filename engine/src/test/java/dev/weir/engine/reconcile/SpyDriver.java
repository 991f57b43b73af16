package dev.weir.engine.reconcile;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ServerRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A driver that notes what it is asked for, and throws where a test wants it to. */
final class SpyDriver implements ProxyDriver {

  /** A method of the driver. */
  enum Call {
    OBSERVE,
    PLAN,
    APPLY,
    UPKEEP,
    STAMP,
    ROWS,
    CLOSE
  }

  private final ProxyDriver real;
  private final List<Call> calls = new ArrayList<>();
  private final List<Set<PoolId>> observed = new ArrayList<>();
  private List<Path> foreign = List.of();
  private Optional<String> hindrance = Optional.empty();
  private int old;
  private final Map<Endpoint, Long> counts = new HashMap<>();
  private Optional<Call> broken = Optional.empty();
  private Optional<Access> watched = Optional.empty();
  private Optional<String> followed = Optional.empty();
  private SortedMap<PoolId, String> frozen = Collections.emptySortedMap();

  SpyDriver(ProxyDriver real) {
    this.real = real;
  }

  void oldProcesses(int number) {
    old = number;
  }

  @Override
  public int oldProcesses() {
    return old;
  }

  /** While it is present no text can be made, for this reason. */
  void hindrance(Optional<String> why) {
    hindrance = why;
  }

  void breakDown(Call call) {
    broken = Optional.of(call);
  }

  void repair() {
    broken = Optional.empty();
  }

  /** The calls since this was last asked. */
  List<Call> calls() {
    List<Call> since = List.copyOf(calls);
    calls.clear();
    return since;
  }

  /** The pools that were looked at, look by look, since this was last asked. */
  List<Set<PoolId>> observed() {
    List<Set<PoolId>> since = List.copyOf(observed);
    observed.clear();
    return since;
  }

  private void called(Call call) {
    calls.add(call);
    if (broken.equals(Optional.of(call))) {
      throw new IllegalStateException("broken for a test: " + call);
    }
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    observed.add(pools);
    called(Call.OBSERVE);
    return real.observe(pools);
  }

  @Override
  public Plan plan(DesiredState desired, Observed seen) {
    called(Call.PLAN);
    return hindrance
        .<Plan>map(why -> new Plan.Blocked(desired.fingerprint(), why))
        .orElseGet(() -> real.plan(desired, seen));
  }

  @Override
  public Plan planWithoutReload(DesiredState desired, Observed seen) {
    return real.planWithoutReload(desired, seen);
  }

  @Override
  public Plan restore(Revision revision, Observed seen) {
    called(Call.PLAN);
    return real.restore(revision, seen);
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    called(Call.APPLY);
    return hindrance.isPresent() ? new Outcome.Failed("look", hindrance.get()) : real.apply(plan);
  }

  @Override
  public Optional<Duration> upkeep() throws InterruptedException {
    called(Call.UPKEEP);
    return real.upkeep();
  }

  @Override
  public Optional<String> process() {
    return real.process();
  }

  @Override
  public boolean wantsLook() {
    return real.wantsLook();
  }

  /** From now on these files of the proxy's own have changed. */
  void foreign(List<Path> files) {
    foreign = files;
  }

  @Override
  public List<Path> foreignChanges() {
    return foreign;
  }

  /** With what it was last told to look after its drains. */
  Optional<Access> watched() {
    return watched;
  }

  @Override
  public Optional<Duration> watch(Access access) throws InterruptedException {
    watched = Optional.of(access);
    return real.watch(access);
  }

  /** From now on the proxy refuses these. */
  void freeze(SortedMap<PoolId, String> pools) {
    frozen = pools;
  }

  @Override
  public SortedMap<PoolId, String> frozen() {
    return frozen;
  }

  @Override
  public Optional<String> putOff() {
    return real.putOff();
  }

  /** From now on it makes what the proxy runs from a file, which is as this says. */
  void follow(String state) {
    followed = Optional.of(state);
  }

  /** From now on the proxy has counted so many sessions on the server of this address. */
  void counts(Endpoint server, long sessions) {
    counts.put(server, sessions);
  }

  @Override
  public List<ServerRow> rows(PoolId pool) {
    called(Call.ROWS);
    return counts.entrySet().stream()
        .map(count ->
            new ServerRow(
                pool,
                count.getKey().toString(),
                Optional.of(count.getKey()),
                "UP",
                Optional.empty(),
                Optional.empty(),
                new ServerRow.Load(0, 0, 0, count.getValue(), 0),
                Duration.ZERO))
        .toList();
  }

  @Override
  public boolean followsItsConfiguration() {
    return followed.isPresent();
  }

  @Override
  public String configurationStamp() {
    called(Call.STAMP);
    return followed.orElseGet(real::configurationStamp);
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return real.inspect();
  }

  @Override
  public void close() {
    called(Call.CLOSE);
    real.close();
  }
}
