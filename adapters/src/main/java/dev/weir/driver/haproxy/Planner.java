package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Layout.Change;
import dev.weir.driver.haproxy.Layout.Written;
import dev.weir.driver.haproxy.Slots.Size;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import dev.weir.model.Step;
import dev.weir.spi.PoolWay;
import java.util.ArrayList;
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

  private final Layout layout;
  private final List<Backend> backends;
  private final FrozenBackends frozen;
  private final WantedPools pools;
  private final Deviation deviation;
  private final LastWhole lastWhole = new LastWhole();
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
    this.deviation = new Deviation(this.backends, pools);
  }

  /** What is broken says nothing of what HAProxy runs. */
  @Override
  public void know(List<ObservedFile> files, Defaults current) {
    boolean broken = layout.problem(files).isPresent();
    if (broken && lastWhole.now().isPresent()) {
      return;
    }
    layout.know(current);
    deviation.know(current);
    pools.know(current);
    if (!broken) {
      lastWhole.is(layout.parsed(files));
    }
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
    return deviation.way(backend);
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
    deviation.refused(backend, answer);
  }

  /** A freshly loaded HAProxy may see it otherwise. */
  @Override
  public void forgetRefusals() {
    deviation.forgetRefusals();
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    Optional<String> problem = layout.problem(observed.files());
    if (problem.isPresent()) {
      return blocked(desired, observed, problem.get());
    }
    Look look = new Look(desired, observed, layout.parsed(observed.files()));
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
      case Plan.Blocked stays -> stays;
    };
  }

  /**
   * Backends that need a reload stay in the file as they are, and the others follow what HAProxy
   * runs.
   */
  @Override
  public Plan planWithoutReload(DesiredState desired, Observed observed) {
    Parsed now = layout.parsed(observed.files());
    if (layout.problem(observed.files()).isPresent() || !isLoaded(now, observed)) {
      return new Plan.InSync(desired.fingerprint());
    }
    Deviation.Part part = withoutReload(desired, observed, now);
    List<Step> steps = part.diffs().steps();
    return steps.isEmpty()
        ? new Plan.InSync(desired.fingerprint())
        : new Plan.Live(
            desired.fingerprint(),
            part.diffs().changes(),
            steps,
            following(layout.write(observed.files(), part.next().sections()), observed));
  }

  private boolean isLoaded(Parsed now, Observed observed) {
    return observed.running() && layout.unloaded(now, observed.loaded()).isEmpty();
  }

  private Deviation.Part withoutReload(DesiredState desired, Observed observed, Parsed now) {
    return deviation.withoutReload(
        frozen.instead(backends, pools.of(desired, observed, now, Size.AS_IS)), now, observed);
  }

  /** Members still change where that takes no reload; the files are their user's to mend first. */
  private Plan blocked(DesiredState desired, Observed observed, String problem) {
    marks = Marks.NONE;
    wantsRoom = false;
    Optional<Parsed> whole = lastWhole.now().filter(said -> isLoaded(said, observed));
    if (whole.isEmpty()) {
      return new Plan.Blocked(desired.fingerprint(), problem);
    }
    Deviation.Part part = withoutReload(desired, observed, whole.get());
    lastWhole.plan(part.next());
    return new Plan.Blocked(
        desired.fingerprint(), part.diffs().changes(), part.diffs().steps(), problem);
  }

  /**
   * To a text that was published before, whatever is configured now: always by a reload, which
   * proves that HAProxy still takes it.
   */
  @Override
  public Plan restore(Revision revision, FileContent content, Observed observed) {
    Parsed then =
        layout.parsed(List.of(new ObservedFile(content.file(), Optional.of(content.text()))));
    Parsed now = layout.parsed(observed.files());
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
    List<MemberChange> changes = deviation.ofMembers(wanted, then, observed).changes();
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
              deviation.drains(wanted));
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
        Set<String> reasons = new LinkedHashSet<>();
        layout.unloaded(now, observed.loaded()).ifPresent(reasons::add);
        reasons.addAll(deviation.ofText(wanted, now));
        MemberDiffs diffs = deviation.ofMembers(wanted, now, observed);
        reasons.addAll(diffs.reasons());
        List<MemberChange> changes = diffs.changes();
        if (!reasons.isEmpty()) {
          yield new Plan.Reload(
              target, changes, List.copyOf(reasons), written.toLoad(), deviation.drains(wanted));
        }
        List<Step> steps = diffs.steps();
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

  @Override
  public Parsed parsed(List<ObservedFile> files) {
    return readable(files).or(lastWhole::now).orElseGet(() -> layout.parsed(files));
  }

  @Override
  public Parsed afterwards(List<ObservedFile> files) {
    return readable(files).or(lastWhole::next).orElseGet(() -> layout.parsed(files));
  }

  @Override
  public void done(Parsed now) {
    lastWhole.is(now);
  }

  /** What they say; absent where they are broken. */
  private Optional<Parsed> readable(List<ObservedFile> files) {
    return layout.problem(files).isPresent() ? Optional.empty() : Optional.of(layout.parsed(files));
  }
}
