package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Layout.Change;
import dev.weir.driver.haproxy.Layout.Written;
import dev.weir.driver.haproxy.MemberDiff.Rules;
import dev.weir.driver.haproxy.Slots.Size;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import dev.weir.model.Step;
import dev.weir.spi.PoolWay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From what is wanted and what HAProxy runs to a plan. Pure, but for what it is told between plans:
 * the user's defaults and what HAProxy refused; sections are remembered per pool, because with many
 * pools all but one are what they were a moment ago. Used by one thread.
 */
final class Planner implements Planning {

  private static final Comparator<MemberChange> BY_POOL_AND_NAME =
      Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name);

  private final Layout layout;
  private final List<Backend> backends;
  private final FrozenBackends frozen;
  private final WantedPools pools;
  private final Map<String, String> refusals = new HashMap<>();
  private Defaults defaults = Defaults.NONE;
  private Calm calm = Calm.CHANGING;
  private boolean wantsRoom;
  private Optional<Step> start = Optional.empty();

  /** What marks Weir's lines that are not marked yet. */
  private Marks marks = Marks.NONE;

  Planner(Layout layout, List<Backend> backends) {
    this(layout, backends, new FrozenBackends());
  }

  /**
   * @param frozen the backends that keep what they had
   */
  Planner(Layout layout, List<Backend> backends, FrozenBackends frozen) {
    this.layout = layout;
    this.backends = List.copyOf(backends);
    this.frozen = frozen;
    this.pools = new WantedPools(this.backends);
  }

  /** Tells what backends inherit. */
  @Override
  public void know(Defaults current) {
    defaults = current;
    layout.know(current);
    pools.know(current);
  }

  /** Tells how HAProxy is started where it does not run; empty where it is waited for. */
  @Override
  public void startsBy(Optional<Step> step) {
    start = step;
  }

  /** Tells which slots of a backend nobody has and still have connections. */
  @Override
  public void busy(String backend, Set<String> slots) {
    pools.busy(backend, slots);
  }

  /** How the members of a backend change. */
  @Override
  public Rung rung(Backend backend) {
    return pools.rung(backend);
  }

  /**
   * The member that a server is for, as last planned; the server's own name if that is not known.
   */
  @Override
  public String memberOf(String backend, String server) {
    return pools.memberOf(backend, server);
  }

  /** The same for people, with what HAProxy itself refused. */
  @Override
  public PoolWay way(Backend backend) {
    String refused = refusals.get(backend.as());
    if (refused != null) {
      return new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, "HAProxy says: " + refused);
    }
    return switch (pools.rung(backend)) {
      case Rung.Dynamic _ -> new PoolWay(backend.pool(), PoolWay.Kind.RUN_TIME, "");
      case Rung.Slotted(String why) -> new PoolWay(backend.pool(), PoolWay.Kind.SLOTS, why);
      case Rung.Reloading(String why) -> new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, why);
    };
  }

  /** Tells whether it was calm for so long that slots that nobody needs may go. */
  @Override
  public void calm(Calm now) {
    calm = now;
  }

  /** How calm it was lately. */
  enum Calm {
    CHANGING,
    LONG_CALM
  }

  /** Whether the last plan left few slots free: another look, and there will be more. */
  @Override
  public boolean wantsLook() {
    return wantsRoom;
  }

  /** Tells that HAProxy took no new server in this backend, so that the next plan reloads. */
  @Override
  public void refused(String backend, String answer) {
    refusals.put(backend, answer);
  }

  /** A freshly loaded HAProxy may see it otherwise. */
  @Override
  public void forgetRefusals() {
    refusals.clear();
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    Optional<String> problem = layout.problem(observed.files());
    if (problem.isPresent()) {
      return new Plan.Reload(
          desired.fingerprint(), List.of(), List.of(problem.get()), List.of(), List.of());
    }
    Look look = new Look(desired, observed, parsed(observed.files()));
    Plan plan = plan(look, Size.AS_IS);
    wantsRoom = false;
    return switch (plan) {
      case Plan.Reload _ -> plan(look, Size.FITTED);
      case Plan.Live live when live.steps().isEmpty() -> roomy(look);
      case Plan.Live live -> {
        wantsRoom = pools.anySlots() && roomy(look) instanceof Plan.Reload;
        yield live;
      }
      case Plan.InSync same -> pools.anySlots() ? roomy(look) : same;
    };
  }

  /**
   * Backends that need a reload stay in the file as they are, and the others follow what HAProxy
   * runs.
   */
  @Override
  public Plan planWithoutReload(DesiredState desired, Observed observed) {
    Plan nothing = new Plan.InSync(desired.fingerprint());
    Parsed now = parsed(observed.files());
    boolean ready =
        observed.running()
            && layout.problem(observed.files()).isEmpty()
            && layout.unloaded(now, observed.loaded()).isEmpty();
    if (!ready) {
      return nothing;
    }
    List<WantedPool> wanted =
        frozen.instead(backends, pools.of(desired, observed, now, Size.AS_IS));
    Map<String, Section> sections = new LinkedHashMap<>(now.sections());
    List<MemberDiff> free = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Backend backend = backends.get(i);
      Optional<MemberDiff> diff = diff(backend, wanted.get(i), now, observed);
      if (diff.filter(it -> it.reasons().isEmpty()).isPresent()
          && structural(backend, wanted.get(i), now).isEmpty()) {
        free.add(diff.get());
        sections.put(backend.as(), wanted.get(i).section());
      }
    }
    List<Step> steps = steps(free);
    return steps.isEmpty()
        ? nothing
        : new Plan.Live(
            desired.fingerprint(),
            changes(free),
            steps,
            following(layout.write(observed.files(), sections), observed));
  }

  /**
   * To a text that was published before, whatever is configured now: always by a reload, which
   * proves that HAProxy still takes it.
   */
  @Override
  public Plan restore(Revision revision, FileContent content, Observed observed) {
    Parsed then = parsed(List.of(new ObservedFile(content.file(), Optional.of(content.text()))));
    Parsed now = parsed(observed.files());
    Fingerprint target = revision.desired().fingerprint();
    List<WantedPool> wanted = new ArrayList<>();
    for (Backend backend : backends) {
      Section section = then.sections().get(backend.as());
      Optional<DesiredPool> pool = revision.desired().pool(backend.pool());
      if (section == null || pool.isEmpty()) {
        return plan(revision.desired(), observed);
      }
      wanted.add(WantedPool.published(pool.get(), section));
    }
    List<MemberChange> changes = changes(diffs(wanted, then, observed));
    List<FileContent> files = List.of(content);
    boolean sameFile = then.equals(now);
    return switch (observed.condition()) {
      case Condition.NotRunning _ when sameFile -> new Plan.InSync(target);
      case Condition.NotRunning _ -> new Plan.Live(target, List.of(), List.of(), files);
      case Condition.Running _
          when sameFile && changes.isEmpty() && observed.loaded().equals(then.epoch()) ->
          new Plan.InSync(target);
      case Condition.Running _, Condition.Unreachable _ ->
          new Plan.Reload(
              target,
              changes,
              List.of("revision %d is brought back".formatted(revision.number())),
              files,
              drains(wanted));
    };
  }

  /** What is planned from. */
  private record Look(DesiredState desired, Observed observed, Parsed now) {}

  private Plan roomy(Look look) {
    return plan(look, calm == Calm.LONG_CALM ? Size.FITTED : Size.ROOMY);
  }

  private Plan plan(Look look, Size size) {
    Observed observed = look.observed();
    Parsed now = look.now();
    List<WantedPool> wanted =
        frozen.instead(backends, pools.of(look.desired(), observed, now, size));
    Written written = layout.write(observed.files(), sections(wanted));
    marks = Marks.NONE;
    boolean sameFile = written.change() != Change.TEXT;
    Fingerprint target = look.desired().fingerprint();
    return switch (observed.condition()) {
      case Condition.NotRunning _ when sameFile && start.isEmpty() -> {
        marks = new Marks(observed.files(), following(written, observed));
        yield new Plan.InSync(target);
      }
      case Condition.NotRunning _ ->
          new Plan.Live(
              target, List.of(), start.stream().toList(), sameFile ? List.of() : written.toLoad());
      case Condition.Unreachable _ ->
          new Plan.Live(
              target,
              List.of(),
              List.of(new Step("show info", "ask HAProxy", Step.Expected.ANYTHING)),
              List.of());
      case Condition.Running _ -> {
        Set<String> reasons = structuralReasons(wanted, now, observed);
        List<MemberDiff> diffs = diffs(wanted, now, observed);
        diffs.forEach(diff -> reasons.addAll(diff.reasons()));
        List<MemberChange> changes = changes(diffs);
        if (!reasons.isEmpty()) {
          yield new Plan.Reload(
              target, changes, List.copyOf(reasons), written.toLoad(), drains(wanted));
        }
        List<Step> steps = steps(diffs);
        List<FileContent> follow = following(written, observed);
        if (steps.isEmpty() && sameFile) {
          marks = new Marks(observed.files(), follow);
          yield new Plan.InSync(target);
        }
        yield new Plan.Live(target, changes, steps, follow);
      }
    };
  }

  private static List<FileContent> following(Written written, Observed observed) {
    return written.change() == Change.NONE ? List.of() : written.following(observed.loaded());
  }

  private static List<Step> steps(List<MemberDiff> diffs) {
    List<Step> steps = new ArrayList<>();
    diffs.forEach(diff -> steps.addAll(diff.gains()));
    diffs.forEach(diff -> steps.addAll(diff.losses()));
    return steps;
  }

  private static List<MemberChange> changes(List<MemberDiff> diffs) {
    return diffs.stream()
        .flatMap(diff -> diff.changes().stream())
        .sorted(BY_POOL_AND_NAME)
        .toList();
  }

  private Set<String> structuralReasons(List<WantedPool> wanted, Parsed now, Observed observed) {
    Set<String> reasons = new LinkedHashSet<>();
    layout.unloaded(now, observed.loaded()).ifPresent(reasons::add);
    Map<String, Section> left = new HashMap<>(now.sections());
    for (int i = 0; i < wanted.size(); i++) {
      left.remove(backends.get(i).as());
      structural(backends.get(i), wanted.get(i), now).ifPresent(reasons::add);
    }
    left.keySet().stream().sorted().forEach(as -> reasons.add(gone(as)));
    return reasons;
  }

  /** Why a backend needs a reload, apart from its servers' being other ones. */
  private Optional<String> structural(Backend backend, WantedPool wanted, Parsed now) {
    String as = backend.as();
    Section old = now.sections().get(as);
    if (old == null) {
      return Optional.of("backend %s is new".formatted(as));
    }
    if (!old.structure().equals(wanted.section().structure())) {
      return Optional.of("backend %s: the text around its servers changes".formatted(as));
    }
    return pools.rung(backend) instanceof Rung.Slotted slotted
        ? Slots.growth(old, wanted.section())
            .map(growth -> "%s: %s: %s".formatted(as, growth, slotted.why()))
        : Optional.empty();
  }

  private static String gone(String as) {
    return as.isEmpty() ? "the file has lines of others" : "backend %s goes".formatted(as);
  }

  private List<MemberDiff> diffs(List<WantedPool> wanted, Parsed now, Observed observed) {
    List<MemberDiff> diffs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      diff(backends.get(i), wanted.get(i), now, observed).ifPresent(diffs::add);
    }
    return diffs;
  }

  /** Absent where the backend was not looked at. */
  private Optional<MemberDiff> diff(
      Backend backend, WantedPool wanted, Parsed now, Observed observed) {
    ObservedPool seen = observed.pools().get(backend.pool());
    if (seen == null) {
      return Optional.empty();
    }
    Section old = now.sections().getOrDefault(backend.as(), wanted.section());
    return Optional.of(MemberDiff.between(backend, rules(backend), wanted, old, seen));
  }

  private Rules rules(Backend backend) {
    return new Rules(
        backend.staticAlgorithm(defaults),
        backend.inherited(defaults),
        pools.rung(backend),
        Optional.ofNullable(refusals.get(backend.as())),
        backend.cookieKey(defaults));
  }

  private List<Step> drains(List<WantedPool> wanted) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      steps.addAll(MemberDiff.drains(backends.get(i), wanted.get(i).section()));
    }
    return steps;
  }

  private Map<String, Section> sections(List<WantedPool> wanted) {
    Map<String, Section> byName = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      byName.put(backends.get(i).as(), wanted.get(i).section());
    }
    return byName;
  }

  /**
   * What tells Weir's lines from the user's and is not written yet, though nothing else differs.
   */
  @Override
  public Marks marks() {
    return marks;
  }

  /** Reads files; the last few texts are remembered. */
  @Override
  public Parsed parsed(List<ObservedFile> files) {
    return layout.parsed(files);
  }
}
