package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.driver.haproxy.Talk.Refused;
import dev.weir.model.DesiredState;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.ServerRow;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns the servers that an HAProxy has by itself: ready, drained or in maintenance, as its members
 * are. It adds and deletes none, changes no weight and no address, writes no file and reloads
 * nothing: all that belongs to whoever writes HAProxy's configuration. Used by one thread.
 */
final class StatesDriver implements ProxyDriver {

  private final List<Backend> backends;
  private final Talk talk;
  private final Leftovers none;
  private Set<Long> workers = Set.of();
  private List<String> missing = List.of();

  StatesDriver(HaproxyOptions options, Context<HaproxySurroundings> context) throws SetupException {
    backends = Backend.all(context.pools());
    String variable = new ConfigText(context.proxy()).variable();
    talk = new Talk(options.sockets(), variable, context.checkpoints());
    none = new Leftovers(context.time());
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    workers = Set.of();
    List<Backend> wanted = backends.stream().filter(it -> pools.contains(it.pool())).toList();
    try {
      Look look = talk.look(wanted.stream().map(Backend::as).toList());
      workers = look.pids();
      Map<PoolId, ObservedPool> seen = new HashMap<>();
      wanted.forEach(backend -> seen.put(backend.pool(), observed(backend, look)));
      String version = look.workers().firstEntry().getValue().version();
      return seen(new Condition.Running(version), seen);
    } catch (NobodyThere e) {
      return seen(new Condition.NotRunning(String.valueOf(e.getMessage())), Map.of());
    } catch (IOException e) {
      return seen(new Condition.Unreachable(String.valueOf(e.getMessage())), Map.of());
    }
  }

  private static Observed seen(Condition condition, Map<PoolId, ObservedPool> pools) {
    return new Observed(condition, pools, List.of(), Optional.empty());
  }

  /** A server whose address HAProxy does not tell is not known by it, and left alone. */
  private static ObservedPool observed(Backend backend, Look look) {
    List<ObservedMember> members = new ArrayList<>();
    for (Row row : look.of(backend.as())) {
      row.endpoint()
          .ifPresent(at ->
              members.add(new ObservedMember(row.name(), at, row.state(), row.weight(), false)));
    }
    members.sort(Comparator.comparing(ObservedMember::name));
    return new ObservedPool(backend.pool(), members);
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    if (!observed.running()) {
      return new Plan.InSync(desired.fingerprint());
    }
    List<Turns> turns = new ArrayList<>();
    for (Backend backend : backends) {
      ObservedPool seen = observed.pools().get(backend.pool());
      if (seen != null) {
        desired.pool(backend.pool()).ifPresent(pool -> turns.add(new Turns(backend, pool, seen)));
      }
    }
    missing = turns.stream().flatMap(it -> it.missing().stream()).sorted().toList();
    List<MemberChange> changes =
        turns.stream()
            .flatMap(it -> it.changes().stream())
            .sorted(Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name))
            .toList();
    return changes.isEmpty()
        ? new Plan.InSync(desired.fingerprint())
        : new Plan.Live(desired.fingerprint(), changes, Turns.steps(turns), List.of());
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    return switch (plan) {
      case Plan.InSync same -> new Outcome.Applied(same.target(), Outcome.Way.LIVE);
      case Plan.Live live -> turn(live);
      case Plan.Blocked blocked ->
          throw new IllegalArgumentException("no plan of this driver's: " + blocked);
      case Plan.Reload reload ->
          throw new IllegalArgumentException("no plan of this driver's: " + reload);
    };
  }

  private Outcome turn(Plan.Live plan) throws InterruptedException {
    try (Chorus sockets = talk.open()) {
      if (!talk.look(sockets, List.of()).pids().equals(workers)) {
        return new Failed("ask HAProxy", "it is not the worker that was last looked at");
      }
      Optional<Refused> refused = talk.say(sockets, plan.steps(), none);
      if (refused.isPresent()) {
        return new Failed(refused.get().step().purpose(), refused.get().answer());
      }
      Look look = talk.look(sockets, backends.stream().map(Backend::as).toList());
      return plan.changes().stream()
          .flatMap(change -> difference(change, look).stream())
          .findFirst()
          .<Outcome>map(text -> new Failed("read back", text))
          .orElse(new Outcome.Applied(plan.target(), Outcome.Way.LIVE));
    } catch (IOException e) {
      return new Failed("talk to HAProxy", String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> difference(MemberChange change, Look look) {
    String state =
        backends.stream()
            .filter(backend -> backend.pool().equals(change.pool()))
            .flatMap(backend -> look.of(backend.as()).stream())
            .filter(row -> row.name().equals(change.name()))
            .findFirst()
            .map(row -> row.state().word())
            .orElse("gone");
    return state.equals(change.after())
        ? Optional.empty()
        : Optional.of(
            "%s %s is %s (expected: %s)"
                .formatted(change.pool(), change.name(), state, change.after()));
  }

  @Override
  public Optional<Duration> upkeep() {
    return Optional.empty();
  }

  @Override
  public Optional<String> process() {
    return workers.isEmpty() ? Optional.empty() : Optional.of(new TreeSet<>(workers).toString());
  }

  /** The members that traffic should go to and that HAProxy does not have. */
  @Override
  public Optional<String> putOff() {
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not in HAProxy, which mode: state adds nobody to: " + String.join(", ", missing));
  }

  @Override
  public List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return new ServerRows(talk, backends).of(pool);
  }

  /** Nothing of HAProxy's own configuration makes a difference here. */
  @Override
  public String configurationStamp() {
    return "";
  }

  @Override
  public List<Finding> inspect() {
    return List.of();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
