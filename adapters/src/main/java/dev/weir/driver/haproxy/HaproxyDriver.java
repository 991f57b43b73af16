package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.OwnFile.Switched;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.driver.haproxy.Talk.Refused;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Step;
import dev.weir.publish.Swap;
import dev.weir.publish.TargetLock;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keeps an HAProxy in step: members by its admin socket where it lets them change while it runs,
 * and everything else by a file of Weir's and a reload. The socket comes first and the file a
 * moment later; what HAProxy reports is what counts. Used by one thread.
 */
final class HaproxyDriver implements ProxyDriver {

  private final HaproxyOptions options;
  private final List<Backend> backends;
  private final Time time;
  private final Optional<TargetLock> lock;
  private final Talk talk;
  private final Planner planner;
  private final OwnFile file;
  private final Master master;
  private final Reloading reloading;
  private final Leftovers leftovers;
  private final ReadBack readBack;
  private final ConfigCheck check;
  private final UserFiles userFiles;
  private OptionalLong observedWorker = OptionalLong.empty();
  private boolean wantsLook;

  HaproxyDriver(HaproxyOptions options, Context<HaproxySurroundings> context)
      throws SetupException {
    this.options = options;
    this.backends = Backend.all(context.pools());
    this.time = context.time();
    ConfigText config = new ConfigText(context.proxy());
    this.check = new ConfigCheck(options);
    this.talk = new Talk(options.socket(), config.variable(), context.checkpoints());
    this.planner = new Planner(options.backends(), config, backends);
    this.file = new OwnFile(options.backends(), check, time, context.checkpoints());
    this.master = new Master(options.pid(), options.binary());
    this.reloading = new Reloading(talk, master, time);
    this.leftovers = new Leftovers(time);
    this.readBack = new ReadBack(backends);
    this.userFiles = new UserFiles(options.config());
    this.lock =
        switch (context.access()) {
          case OWN -> Optional.of(TargetLock.take(options.backends(), context.state()));
          case LOOK -> Optional.empty();
        };
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    wantsLook = false;
    observedWorker = OptionalLong.empty();
    planner.know(userFiles.defaults());
    Optional<String> text = file.text();
    List<ObservedFile> files = List.of(new ObservedFile(options.backends(), text));
    try {
      Look look = settledLook(names(pools));
      observedWorker = OptionalLong.of(look.worker().pid());
      Parsed parsed = text.map(planner::parsed).orElse(Parsed.NOTHING);
      Map<PoolId, ObservedPool> seen = new HashMap<>();
      for (Backend backend : backends) {
        if (pools.contains(backend.pool())) {
          seen.put(backend.pool(), readBack.observed(backend, parsed, look));
        }
      }
      if (parsed.epoch().isPresent() && parsed.epoch().equals(look.worker().epoch())) {
        seen.keySet().forEach(pool -> noteLeftovers(pool, parsed, look));
      }
      return new Observed(
          new Condition.Running(look.worker().version()), seen, files, look.worker().epoch());
    } catch (NobodyThere e) {
      return new Observed(nobody(e), Map.of(), files, Optional.empty());
    } catch (IOException e) {
      Condition silent = new Condition.Unreachable(String.valueOf(e.getMessage()));
      return new Observed(silent, Map.of(), files, Optional.empty());
    }
  }

  /** A worker that is being replaced may answer once more; the next connection goes to the new. */
  private Look settledLook(List<String> names) throws IOException, InterruptedException {
    Look look = talk.look(names);
    for (int i = 0; i < 10 && look.worker().stopping(); i++) {
      time.sleep(Duration.ofMillis(5));
      look = talk.look(names);
    }
    if (look.worker().stopping()) {
      throw new IOException("HAProxy %d is stopping".formatted(look.worker().pid()));
    }
    return look;
  }

  private Condition nobody(NobodyThere e) {
    OptionalLong pid = master.running();
    return pid.isPresent()
        ? new Condition.Unreachable(
            "HAProxy %d runs, but %s".formatted(pid.getAsLong(), e.getMessage()))
        : new Condition.NotRunning(
            "%s, and %s names no HAProxy".formatted(e.getMessage(), options.pid()));
  }

  private void noteLeftovers(PoolId pool, Parsed parsed, Look look) {
    backends.stream()
        .filter(backend -> backend.pool().equals(pool))
        .forEach(backend ->
            leftovers.seen(backend.as(), ReadBack.unwantedInMaintenance(backend, parsed, look)));
  }

  private List<String> names(Set<PoolId> pools) {
    return backends.stream()
        .filter(backend -> pools.contains(backend.pool()))
        .map(Backend::as)
        .toList();
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    return planner.plan(desired, observed);
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    if (lock.isEmpty()) {
      throw new IllegalStateException("a driver that may only look was told to apply");
    }
    return switch (plan) {
      case Plan.InSync same -> new Applied(same.target(), Way.LIVE);
      case Plan.Live live when live.steps().isEmpty() -> filesOnly(live);
      case Plan.Live live -> live(live);
      case Plan.Reload reload -> reload(reload);
    };
  }

  private Outcome filesOnly(Plan.Live plan) throws InterruptedException {
    try {
      for (FileContent content : plan.files()) {
        Optional<ConfigCheck.Refusal> refusal = file.publish(content.text());
        if (refusal.isPresent()) {
          return file.rejected(refusal.get());
        }
      }
    } catch (IOException e) {
      return failed("write " + options.backends(), e);
    }
    return switch (observe(Set.of()).condition()) {
      case Condition.Running _ -> new Applied(plan.target(), Way.LIVE);
      case Condition.NotRunning _ -> new Applied(plan.target(), Way.FILES_ONLY);
      case Condition.Unreachable silent -> new Failed("ask HAProxy", silent.reason());
    };
  }

  private Outcome live(Plan.Live plan) throws InterruptedException {
    Set<PoolId> touched = new TreeSet<>();
    plan.changes().forEach(change -> touched.add(change.pool()));
    Optional<String> after =
        plan.files().stream().findFirst().map(FileContent::text).or(file::text);
    try (AdminSocket socket = talk.open()) {
      Worker worker = talk.look(socket, List.of()).worker();
      if (!isObserved(worker)) {
        wantsLook = true;
        return new Failed("ask HAProxy", "another worker answers than a moment ago");
      }
      file.text().map(planner::parsed).ifPresent(now -> readBack.remember(plan.changes(), now));
      Optional<Refused> refused = talk.say(socket, plan.steps(), leftovers);
      if (refused.isPresent()) {
        return refused(refused.get());
      }
      Look look = talk.look(socket, names(touched));
      Parsed wanted = after.map(planner::parsed).orElse(Parsed.NOTHING);
      Optional<String> difference = readBack.difference(wanted, touched, look);
      if (difference.isPresent()) {
        return new Failed("read back", difference.get());
      }
      touched.forEach(pool -> noteLeftovers(pool, wanted, look));
    } catch (IOException e) {
      return failed("talk to HAProxy", e);
    }
    return sameWorkerStill(plan);
  }

  /** A reload by somebody else in the middle would have dropped what was just said. */
  private Outcome sameWorkerStill(Plan.Live plan) throws InterruptedException {
    try {
      Worker worker = talk.look(List.of()).worker();
      if (!isObserved(worker)) {
        wantsLook = true;
        return new Failed("read back", "HAProxy was reloaded by somebody else meanwhile");
      }
    } catch (IOException e) {
      return failed("read back", e);
    }
    plan.files().forEach(content -> file.follow(content.text()));
    return new Applied(plan.target(), Way.LIVE);
  }

  private boolean isObserved(Worker worker) {
    return !worker.stopping()
        && observedWorker.isPresent()
        && observedWorker.getAsLong() == worker.pid();
  }

  private Outcome refused(Refused refused) {
    Step step = refused.step();
    String hint =
        refused.answer().startsWith("Permission denied")
            ? " (expected: a stats socket of level admin)"
            : "";
    if (step.command().startsWith("add server ")
        && hint.isEmpty()
        && !refused.answer().startsWith("Already exists")) {
      String backend = step.command().substring("add server ".length()).replaceFirst("/.*", "");
      planner.refused(backend, refused.answer());
    }
    return new Failed(step.purpose(), refused.answer() + hint);
  }

  private Outcome reload(Plan.Reload plan) throws InterruptedException {
    String text = plan.files().getFirst().text();
    Parsed wanted = planner.parsed(text);
    Fingerprint epoch = wanted.epoch().orElseThrow();
    try {
      Worker before = settledLook(List.of()).worker();
      long pid = master.of(before.pid());
      Switched switched = file.switchTo(text);
      if (switched.swap().isEmpty()) {
        return file.rejected(switched.refusal().orElseThrow());
      }
      Optional<String> trouble = reloadOrRollBack(switched.swap().get(), pid, before, epoch);
      if (trouble.isPresent()) {
        return new Failed("reload", trouble.get());
      }
      leftovers.clear();
      planner.forgetRefusals();
      return afterReload(plan, wanted);
    } catch (Master.Unknown e) {
      return new Failed("reload", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed("reload", e);
    }
  }

  private Optional<String> reloadOrRollBack(Swap swap, long pid, Worker before, Fingerprint epoch)
      throws IOException, InterruptedException {
    Optional<String> trouble;
    try {
      trouble = reloading.run(pid, before, epoch);
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    if (trouble.isEmpty()) {
      swap.keep();
    } else {
      swap.rollBack();
    }
    return trouble;
  }

  private Outcome afterReload(Plan.Reload plan, Parsed wanted)
      throws IOException, InterruptedException {
    try (AdminSocket socket = talk.open()) {
      Optional<Refused> refused = talk.say(socket, plan.followUps(), leftovers);
      if (refused.isPresent()) {
        return refused(refused.get());
      }
      Look look = talk.look(socket, backends.stream().map(Backend::as).toList());
      Set<PoolId> all = new TreeSet<>(backends.stream().map(Backend::pool).toList());
      Optional<String> difference = readBack.difference(wanted, all, look);
      return difference
          .<Outcome>map(text -> new Failed("read back", text))
          .orElse(new Applied(plan.target(), Way.RELOAD));
    }
  }

  private static Failed failed(String step, IOException e) {
    return new Failed(step, String.valueOf(e.getMessage()));
  }

  @Override
  public Optional<Duration> upkeep() throws InterruptedException {
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    if (file.due().filter(Duration::isZero).isPresent()) {
      file.catchUp();
      wantsLook |= file.trouble().isPresent();
      noticeOthers();
    }
    try {
      if (file.unfinished() && file.due().isEmpty()) {
        finish();
      }
      leftovers.remove(talk);
    } catch (IOException e) {
      wantsLook = true;
    }
    return Stream.of(file.due(), leftovers.due())
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  /** What a reload by somebody else dropped is worth another look before the next resync. */
  private void noticeOthers() throws InterruptedException {
    try {
      wantsLook |= !isObserved(talk.look(List.of()).worker());
    } catch (IOException e) {
      wantsLook = true;
    }
  }

  /** Keeps what a killed Weir had switched to, once nothing runs that says otherwise. */
  private void finish() throws IOException, InterruptedException {
    Observed now = observe(Set.of());
    Optional<Fingerprint> written =
        now.files().getFirst().text().map(planner::parsed).flatMap(Parsed::epoch);
    boolean down = now.condition() instanceof Condition.NotRunning;
    if (written.isPresent() && (down || written.equals(now.loaded()))) {
      file.keepUnfinished();
    }
  }

  @Override
  public Optional<String> putOff() {
    String told =
        Stream.of(
                file.trouble().map(text -> "%s is behind: %s".formatted(options.backends(), text)),
                leftovers.said())
            .flatMap(Optional::stream)
            .reduce((a, b) -> a + "; " + b)
            .orElse("");
    return told.isEmpty() ? Optional.empty() : Optional.of(told);
  }

  @Override
  public boolean wantsLook() {
    return wantsLook;
  }

  @Override
  public String configurationStamp() {
    return userFiles.stamp();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return new Inspection(options, backends, talk, master, check).findings(userFiles.defaults());
  }

  @Override
  public void close() {
    lock.ifPresent(TargetLock::close);
  }
}
