package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.Farewells.Hand;
import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.publish.TargetLock;
import dev.weir.spi.Drain;
import dev.weir.spi.Finding;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.ServerRow;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps an HAProxy in step: members by its admin socket where it lets them change while it runs,
 * and everything else by a file of Weir's and a reload. The socket comes first and the file a
 * moment later; what HAProxy reports is what counts. Used by one thread.
 */
final class HaproxyDriver implements ProxyDriver {

  private final Parts parts;
  private final Eyes eyes;
  private final LiveUpdate live;
  private final FullReload reload;
  private final StartUp startUp;

  /** One for each file that Weir keeps; none where the driver may only look. */
  private final List<TargetLock> locks;

  /** What this driver may do at all. */
  private final Access most;

  private boolean wantsLook;

  HaproxyDriver(HaproxyOptions options, Context<HaproxySurroundings> context)
      throws SetupException {
    parts = Parts.of(options, context);
    eyes = new Eyes(parts);
    live = new LiveUpdate(parts, eyes);
    reload = new FullReload(parts, eyes, live);
    startUp = new StartUp(parts, live);
    most = context.access();
    if (most == Access.OWN) {
      startUp.demand();
    }
    locks =
        switch (most) {
          case OWN -> TargetLock.takeAll(parts.loaded().kept(), context.state());
          case LOOK, STATES -> List.of();
        };
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    wantsLook = false;
    return eyes.observe(pools);
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    return parts.planner().plan(desired, observed);
  }

  @Override
  public Plan planWithoutReload(DesiredState desired, Observed observed) {
    return parts.planner().planWithoutReload(desired, observed);
  }

  @Override
  public Plan restore(Revision revision, Observed observed) {
    return revision.files().stream()
        .filter(file -> parts.loaded().isOwn(file.file()))
        .findFirst()
        .map(file -> parts.planner().restore(revision, file, observed))
        .orElseGet(() -> plan(revision.desired(), observed));
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    if (most == Access.LOOK) {
      throw new IllegalStateException("a driver that may only look was told to apply");
    }
    Outcome outcome = parts.planner().explained(carryOut(plan));
    wantsLook |= parts.frozen().anyNew(); // the rest can go on without them
    return outcome;
  }

  private Outcome carryOut(Plan plan) throws InterruptedException {
    return switch (plan) {
      case Plan.InSync same -> new Applied(same.target(), Way.LIVE);
      case Plan.Live steps when startUp.isFor(steps) -> {
        wantsLook = true; // a process that has just started drains nobody yet
        yield startUp.apply(steps);
      }
      case Plan.Live steps -> live.apply(steps);
      case Plan.Blocked blocked -> live.apply(blocked);
      case Plan.Reload files -> reload.apply(files);
    };
  }

  @Override
  public Optional<Duration> upkeep() throws InterruptedException {
    if (most == Access.LOOK) {
      return Optional.empty();
    }
    try {
      if (parts.files().due().isEmpty()) {
        parts.files().follow(parts.planner().marks());
      }
      if (parts.files().due().filter(Duration::isZero).isPresent()) {
        parts.files().catchUp();
        // somebody else's reload within that second has dropped what only the socket knew
        wantsLook |= parts.files().trouble().isPresent() || !eyes.sameWorkerStill();
      }
      if (parts.files().unfinished() && parts.files().due().isEmpty()) {
        finishSwitch();
      }
      parts.leftovers().remove(parts.talk());
    } catch (IOException e) {
      wantsLook = true;
    }
    return Stream.of(parts.files().due(), parts.leftovers().due())
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  @Override
  public Optional<Duration> watch(Access access) throws InterruptedException {
    return most == Access.LOOK
        ? Optional.empty()
        : parts.farewells().watch(parts.talk(), new Hand(access, parts.userFiles().defaults()));
  }

  @Override
  public Optional<String> process() {
    return eyes.process();
  }

  @Override
  public List<Drain> drains() {
    return parts.farewells().told();
  }

  @Override
  public List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return new ServerRows(parts.talk(), parts.backends()).of(pool);
  }

  @Override
  public List<PoolWay> ways() {
    return parts.backends().stream().map(parts.planner()::way).toList();
  }

  @Override
  public List<String> borrowed() {
    Defaults defaults = parts.userFiles().defaults();
    return parts.backends().stream().flatMap(b -> b.borrowed(defaults).stream()).toList();
  }

  @Override
  public SortedMap<PoolId, String> frozen() {
    return parts.frozen().messages();
  }

  /** Keeps what a killed Weir had switched to, once nothing runs that says otherwise. */
  private void finishSwitch() throws IOException, InterruptedException {
    Observed now = eyes.observe(Set.of());
    Parsed written = parts.planner().parsed(now.files());
    boolean loaded = parts.layout().unloaded(written, now.loaded()).isEmpty();
    boolean down = now.condition() instanceof Condition.NotRunning;
    if (loaded || (down && written.epoch().isPresent())) {
      parts.files().keepUnfinished();
    }
  }

  @Override
  public boolean wantsLook() {
    return wantsLook || parts.planner().wantsLook();
  }

  @Override
  public Optional<String> putOff() {
    Optional<String> behind =
        parts
            .files()
            .trouble()
            .map(why -> "%s is behind: %s".formatted(parts.loaded().shown(), why));
    String told =
        Stream.of(behind.stream(), parts.leftovers().said().stream(), eyes.missing().stream())
            .flatMap(said -> said)
            .collect(Collectors.joining("; "));
    return told.isEmpty() ? Optional.empty() : Optional.of(told);
  }

  @Override
  public int oldProcesses() {
    return parts.known().oldWorkers();
  }

  @Override
  public String configurationStamp() {
    return parts.userFiles().stamp() + parts.planner().stamp();
  }

  @Override
  public boolean followsItsConfiguration() {
    return parts.options().template().isPresent();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    parts.template().ifPresent(template -> findings.addAll(template.findings()));
    findings.addAll(new Inspection(parts).findings(parts.userFiles().defaults()));
    return findings;
  }

  @Override
  public void close() {
    parts.files().abandonTrial();
    locks.forEach(TargetLock::close);
  }
}
