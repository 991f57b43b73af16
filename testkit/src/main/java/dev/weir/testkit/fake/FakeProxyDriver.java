package dev.weir.testkit.fake;

import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.Time;
import dev.weir.testkit.fake.FakeConfig.FakeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link FakeProxy} in step, live or by reload, and passes the driver contract. Its file
 * follows live changes a second later.
 */
public final class FakeProxyDriver implements ProxyDriver {

  /** How members are changed. */
  public enum Updates {
    LIVE,
    RELOAD
  }

  private static final Path FILE = Path.of("/fake/weir.conf");
  private static final String DIRECTIVE = "directive ";
  private static final Duration FILE_DELAY = Duration.ofSeconds(1);

  private final FakeProxy proxy;
  private final Updates updates;
  private final Time time;
  private final Checkpoints checkpoints;
  private Optional<String> directive = Optional.empty();
  private @Nullable Pending pending;
  private int seenProcess;
  private boolean wantsLook;

  /** A text that waits to be written. */
  private record Pending(String text, long dueNanos) {}

  public FakeProxyDriver(FakeProxy proxy, Updates updates, Time time, Checkpoints checkpoints) {
    this.proxy = proxy;
    this.updates = updates;
    this.time = time;
    this.checkpoints = checkpoints;
  }

  /** Adds a directive of the user's to the file. */
  public FakeProxyDriver withDirective(String text) {
    directive = Optional.of(text);
    return this;
  }

  @Override
  public Observed observe(Set<PoolId> pools) {
    wantsLook = false;
    seenProcess = proxy.process();
    Map<PoolId, ObservedPool> seen = new HashMap<>();
    Condition condition = condition();
    if (condition instanceof Condition.Running) {
      pools.forEach(
          id -> proxy.servers(id).ifPresent(all -> seen.put(id, observed(id, all.values()))));
    }
    Optional<String> text = pending == null ? proxy.file() : Optional.of(pending.text());
    return new Observed(
        condition, seen, List.of(new Observed.ObservedFile(FILE, text)), proxy.loaded());
  }

  private Condition condition() {
    if (!proxy.isRunning()) {
      return new Condition.NotRunning("it was stopped");
    }
    return proxy.isReachable()
        ? new Condition.Running("1.0")
        : new Condition.Unreachable("it does not answer");
  }

  private static ObservedPool observed(PoolId id, Collection<FakeServer> servers) {
    return new ObservedPool(
        id,
        servers.stream()
            .sorted(FakeServer.BY_NAME)
            .map(s -> new ObservedMember(s.name(), s.endpoint(), s.state(), s.weight(), s.backup()))
            .toList());
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    String body = FakeConfig.body(desired, directive);
    Fingerprint fresh = Fingerprint.of(body);
    Optional<String> file = observed.files().getFirst().text();
    boolean sameFile = file.isPresent() && withoutEpoch(file.get()).equals(body);
    Fingerprint target = desired.fingerprint();
    if (!(observed.condition() instanceof Condition.Running)) {
      return sameFile && observed.condition() instanceof Condition.NotRunning
          ? new Plan.InSync(target)
          : new Plan.Live(target, List.of(), List.of(), files(desired, fresh));
    }
    List<Change> changes = changes(desired, observed);
    List<MemberChange> shown = changes.stream().map(Change::shown).toList();
    List<String> reasons = reasons(body, observed, changes);
    if (!reasons.isEmpty()) {
      return new Plan.Reload(target, shown, reasons, files(desired, fresh), List.of());
    }
    if (sameFile && changes.isEmpty()) {
      return new Plan.InSync(target);
    }
    Fingerprint epoch = observed.loaded().orElse(fresh);
    return new Plan.Live(
        target, shown, inSafeOrder(changes), sameFile ? List.of() : files(desired, epoch));
  }

  /** Members change; the text around them stays as it is in the file. */
  @Override
  public Plan planWithoutReload(DesiredState desired, Observed observed) {
    Optional<String> file = observed.files().getFirst().text();
    Optional<FakeConfig> loaded =
        file.map(FakeConfig::parse)
            .filter(config -> observed.loaded().equals(Optional.of(config.epoch())));
    List<Change> changes = changes(desired, observed);
    if (updates == Updates.RELOAD || changes.isEmpty() || loaded.isEmpty()) {
      return new Plan.InSync(desired.fingerprint());
    }
    Optional<String> former = loaded.get().extra().map(line -> line.substring(DIRECTIVE.length()));
    String text = FakeConfig.render(desired, loaded.get().epoch(), former);
    return new Plan.Live(
        desired.fingerprint(),
        changes.stream().map(Change::shown).toList(),
        inSafeOrder(changes),
        List.of(new FileContent(FILE, text)));
  }

  /** The bytes of then, whatever the directive is now; by a reload. */
  @Override
  public Plan restore(Revision revision, Observed observed) {
    Fingerprint target = revision.desired().fingerprint();
    Optional<FileContent> then = revision.files().stream().findFirst();
    if (then.isEmpty()) {
      return plan(revision.desired(), observed);
    }
    boolean same = observed.files().getFirst().text().equals(then.map(FileContent::text));
    List<MemberChange> shown =
        changes(revision.desired(), observed).stream().map(Change::shown).toList();
    return same && shown.isEmpty()
        ? new Plan.InSync(target)
        : new Plan.Reload(target, shown, List.of("brought back"), revision.files(), List.of());
  }

  private List<String> reasons(String body, Observed observed, List<Change> changes) {
    List<String> reasons = new ArrayList<>();
    Optional<String> file = observed.files().getFirst().text();
    if (file.isEmpty()) {
      reasons.add("the file is missing");
    } else if (!FakeConfig.structure(file.get()).equals(FakeConfig.structure(body))) {
      reasons.add("the text around the members changes");
    } else if (!observed.loaded().equals(Optional.of(FakeConfig.parse(file.get()).epoch()))) {
      reasons.add("the running process was loaded from another text");
    } else if (updates == Updates.RELOAD && !changes.isEmpty()) {
      reasons.add("members change only by reload");
    }
    return reasons;
  }

  private List<FileContent> files(DesiredState desired, Fingerprint epoch) {
    return List.of(new FileContent(FILE, FakeConfig.render(desired, epoch, directive)));
  }

  private static String withoutEpoch(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }

  /** One server that has to change. */
  private record Change(MemberChange shown, Step step) {

    boolean brings() {
      return shown.after().startsWith(ServerState.READY.word());
    }
  }

  /** Who comes first, who goes afterwards: interrupted in between, the pool is not empty. */
  private static List<Step> inSafeOrder(List<Change> changes) {
    return Stream.concat(
            changes.stream().filter(Change::brings),
            changes.stream().filter(change -> !change.brings()))
        .map(Change::step)
        .toList();
  }

  private static List<Change> changes(DesiredState desired, Observed observed) {
    List<Change> changes = new ArrayList<>();
    for (DesiredPool pool : desired.pools()) {
      ObservedPool seen = observed.pools().get(pool.id());
      if (seen == null) {
        continue;
      }
      Map<String, FakeServer> have = new TreeMap<>();
      seen.members()
          .forEach(m ->
              have.put(
                  m.name(),
                  new FakeServer(m.name(), m.endpoint(), m.state(), m.weight(), m.backup())));
      pool.members().stream()
          .map(FakeConfig::server)
          .forEach(want -> {
            FakeServer old = have.remove(want.name());
            if (!want.equals(old)) {
              String verb = old == null ? "add" : "set";
              String before = old == null ? "" : old.shown();
              changes.add(change(pool.id(), verb, want, before));
            }
          });
      have.values().forEach(gone -> changes.add(change(pool.id(), "del", gone, gone.shown())));
    }
    return changes;
  }

  private static Change change(PoolId pool, String verb, FakeServer server, String before) {
    String command = "%s %s %s".formatted(verb, pool, server.words());
    String after = verb.equals("del") ? "" : server.shown();
    return new Change(
        new MemberChange(pool, server.name(), server.endpoint(), before, after, verb),
        new Step(command, verb + " " + server.name(), Step.Expected.SILENCE));
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    try {
      return switch (plan) {
        case Plan.InSync same -> new Outcome.Applied(same.target(), Outcome.Way.LIVE);
        case Plan.Live live -> live(live);
        case Plan.Blocked blocked ->
            throw new IllegalArgumentException("no plan of this driver's: " + blocked);
        case Plan.Reload reload -> reload(reload);
      };
    } catch (Checkpoints.InjectedFailure failure) {
      return new Outcome.Failed("effect", String.valueOf(failure.getMessage()));
    }
  }

  private Outcome live(Plan.Live plan) throws InterruptedException {
    for (Step step : plan.steps()) {
      before(step.command());
      String answer = proxy.command(step.command());
      if (!answer.isEmpty()) {
        return new Outcome.Failed(step.purpose(), answer);
      }
    }
    if (plan.steps().isEmpty() || !proxy.isRunning()) {
      Optional<Outcome> refused = switchFile(plan.files());
      if (refused.isPresent()) {
        return refused.get();
      }
    } else {
      plan.files().stream()
          .findFirst()
          .ifPresent(
              file -> pending = new Pending(file.text(), time.nanos() + FILE_DELAY.toNanos()));
    }
    return switch (condition()) {
      case Condition.Running running -> new Outcome.Applied(plan.target(), Outcome.Way.LIVE);
      case Condition.NotRunning stopped ->
          new Outcome.Applied(plan.target(), Outcome.Way.FILES_ONLY);
      case Condition.Unreachable silent -> new Outcome.Failed("read back", silent.reason());
    };
  }

  private Outcome reload(Plan.Reload plan) throws InterruptedException {
    Optional<Outcome> refused = switchFile(plan.files());
    if (refused.isPresent()) {
      return refused.get();
    }
    before("reload");
    int former = proxy.process();
    proxy.reload();
    before("confirm");
    Fingerprint epoch = FakeConfig.parse(plan.files().getFirst().text()).epoch();
    // a process that somebody commanded otherwise was loaded from the same text
    return proxy.process() != former && proxy.loaded().equals(Optional.of(epoch))
        ? new Outcome.Applied(plan.target(), Outcome.Way.RELOAD)
        : new Outcome.Failed("confirm", "it still runs the old configuration");
  }

  /** Checks, then writes; what was put off is overtaken. */
  private Optional<Outcome> switchFile(List<FileContent> files) throws InterruptedException {
    for (FileContent file : files) {
      before("check");
      Optional<String> complaint = proxy.check(file.text());
      if (complaint.isPresent()) {
        String message = complaint.get();
        boolean foreign = !message.contains("weir.conf");
        return Optional.of(
            new Outcome.Rejected(
                message, Optional.of(foreign ? "user.conf:3" : "weir.conf:2"), foreign));
      }
      before("switch");
      proxy.write(file.text());
      pending = null;
    }
    return Optional.empty();
  }

  private void before(String step) throws InterruptedException {
    checkpoints.before(step);
    if (Thread.interrupted()) {
      throw new InterruptedException("before " + step);
    }
  }

  @Override
  public Optional<Duration> upkeep() throws InterruptedException {
    Pending waiting = pending;
    if (waiting == null) {
      return Optional.empty();
    }
    long left = waiting.dueNanos() - time.nanos();
    if (left > 0) {
      return Optional.of(Duration.ofNanos(left));
    }
    wantsLook = proxy.process() != seenProcess;
    try {
      Optional<Outcome> refused = switchFile(List.of(new FileContent(FILE, waiting.text())));
      return refused.isEmpty() ? Optional.empty() : Optional.of(FILE_DELAY);
    } catch (Checkpoints.InjectedFailure failure) {
      return Optional.of(FILE_DELAY);
    }
  }

  @Override
  public Optional<String> process() {
    return Optional.of(Integer.toString(proxy.process()));
  }

  @Override
  public boolean wantsLook() {
    return wantsLook;
  }

  @Override
  public Optional<String> putOff() {
    return pending == null ? Optional.empty() : Optional.of("its file waits for its second");
  }

  @Override
  public String configurationStamp() {
    return proxy.check("").orElse("good");
  }

  @Override
  public List<Finding> inspect() {
    return List.of(Finding.ok("a proxy in memory"));
  }

  @Override
  public void close() {
    pending = null;
  }
}
