package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.MemberDiff.Rules;
import dev.weir.driver.haproxy.WholeText.Carrying;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import dev.weir.rendered.Refusals;
import dev.weir.rendered.Renderer;
import dev.weir.rendered.Rendering;
import dev.weir.spi.PoolWay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans for an HAProxy whose whole file is rendered from a user's template. The text decides which
 * servers there are; where it differs from the one that runs only in the servers of the backends
 * that carry pools, they change by socket, and the file follows with the same fingerprint.
 *
 * <p>While the template is broken, members still go in and out of traffic on the servers that there
 * are, and those that are gone stay out; then the plan says what is wrong. Used by one thread.
 */
final class TemplatePlanner implements Planning {

  private static final Comparator<MemberChange> BY_POOL_AND_NAME =
      Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name);

  private final Path file;
  private final String variable;
  private final List<Backend> backends;
  private final Renderer renderer;
  private final Readings<Parsed> readings = new Readings<>(this::read);
  private final Map<String, String> refusals = new HashMap<>();
  private final FormerMembers former = new FormerMembers();

  /** What was last rendered, for the words of a refusal: no plan depends on it. */
  private Rendering rendered = new Rendering.Failed("nothing was rendered yet");

  /** The text that was last planned from, for people. */
  private WholeText last = WholeText.NOTHING;

  private Map<String, WantedPool> wanted = Map.of();
  private boolean wantsLook;
  private Optional<Step> start = Optional.empty();

  /**
   * @param file that is rendered
   * @param variable Weir's own
   */
  TemplatePlanner(Path file, String variable, List<Backend> backends, Renderer renderer) {
    this.file = file;
    this.variable = variable;
    this.backends = List.copyOf(backends);
    this.renderer = renderer;
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    rendered = renderer.render(text(observed, renderer.template().path()), desired);
    String current = text(observed, file).orElse("");
    WholeText now = whole(current);
    note(desired, now);
    wantsLook = false;
    return switch (rendered) {
      case Rendering.Failed(String message) ->
          withoutText(new Look(desired, observed, now, current), message);
      case Rendering.Text made -> plan(new Look(desired, observed, now, current), made);
    };
  }

  /** What is planned from. */
  private record Look(DesiredState desired, Observed observed, WholeText now, String current) {}

  private Plan plan(Look look, Rendering.Text made) {
    Fingerprint target = look.desired().fingerprint();
    Fingerprint fresh = made.fingerprint();
    WholeText next = whole(made.with(fresh));
    last = next;
    wanted = wanted(next, look.desired());
    boolean sameFile = look.current().equals(made.with(look.now().epoch().orElse(fresh)));
    if (sameFile) {
      know(look.current(), look.now().epoch());
    }
    return switch (look.observed().condition()) {
      case Condition.NotRunning _ when sameFile && start.isEmpty() -> new Plan.InSync(target);
      case Condition.NotRunning _ ->
          new Plan.Live(
              target,
              List.of(),
              start.stream().toList(),
              sameFile ? List.of() : files(made, fresh));
      case Condition.Unreachable _ -> new Plan.Live(target, List.of(), List.of(ask()), List.of());
      case Condition.Running _ -> {
        Set<String> reasons = reasons(look, next);
        List<MemberDiff> diffs = diffs(look.observed(), look.now(), next);
        diffs.forEach(diff -> reasons.addAll(diff.reasons()));
        if (!reasons.isEmpty()) {
          yield new Plan.Reload(
              target, changes(diffs), List.copyOf(reasons), files(made, fresh), turns(next));
        }
        List<Step> steps = steps(diffs);
        if (steps.isEmpty() && sameFile) {
          yield new Plan.InSync(target);
        }
        Fingerprint loaded = look.observed().loaded().orElse(fresh);
        yield new Plan.Live(
            target, changes(diffs), steps, sameFile ? List.of() : files(made, loaded));
      }
    };
  }

  /**
   * Who goes in or out of traffic still does, but for pools that need a reload for it; what is
   * wrong with the template comes after.
   */
  private Plan withoutText(Look look, String message) {
    Observed observed = look.observed();
    WholeText now = look.now();
    wanted = onTheLinesThereAre(look);
    know(look.current(), now.epoch());
    List<MemberDiff> diffs =
        observed.running() && observed.loaded().equals(now.epoch())
            ? diffs(observed, now, now).stream().filter(diff -> diff.reasons().isEmpty()).toList()
            : List.of();
    List<Step> steps = steps(diffs);
    if (steps.isEmpty()) {
      return new Plan.Reload(
          look.desired().fingerprint(), List.of(), List.of(message), List.of(), List.of());
    }
    wantsLook = true;
    return new Plan.Live(look.desired().fingerprint(), changes(diffs), steps, List.of());
  }

  @Override
  public Plan restore(Revision revision, FileContent content, Observed observed) {
    String text = content.text();
    WholeText then = whole(text);
    if (then.epoch().isEmpty()) {
      return plan(revision.desired(), observed);
    }
    rendered = new Rendering.Failed("revision %d was not rendered".formatted(revision.number()));
    note(revision.desired(), then);
    wanted = wanted(then, revision.desired());
    last = then;
    know(text, then.epoch());
    Fingerprint target = revision.desired().fingerprint();
    List<MemberDiff> diffs = diffs(observed, then, then);
    List<FileContent> files = List.of(new FileContent(file, text));
    boolean sameFile = text(observed, file).equals(Optional.of(text));
    return switch (observed.condition()) {
      case Condition.NotRunning _ when sameFile -> new Plan.InSync(target);
      case Condition.NotRunning _ -> new Plan.Live(target, List.of(), List.of(), files);
      case Condition.Running _
          when sameFile && steps(diffs).isEmpty() && observed.loaded().equals(then.epoch()) ->
          new Plan.InSync(target);
      case Condition.Running _, Condition.Unreachable _ ->
          new Plan.Reload(
              target,
              changes(diffs),
              List.of("revision %d is brought back".formatted(revision.number())),
              files,
              turns(then));
    };
  }

  private static Step ask() {
    return new Step("show info", "ask HAProxy", Expected.ANYTHING);
  }

  private List<FileContent> files(Rendering.Text made, Fingerprint epoch) {
    String text = made.with(epoch);
    know(text, Optional.of(epoch));
    return List.of(new FileContent(file, text));
  }

  /** The states that a text shall lead to, some of which it does not say. */
  private void know(String text, Optional<Fingerprint> epoch) {
    Map<String, Section> sections = new HashMap<>();
    wanted.forEach((as, pool) -> sections.put(as, pool.section()));
    readings.know(text, new Parsed(epoch, sections));
  }

  private Set<String> reasons(Look look, WholeText next) {
    Set<String> reasons = new LinkedHashSet<>();
    Optional<Fingerprint> loaded = look.observed().loaded();
    if (look.now().epoch().isEmpty()) {
      reasons.add("%s is missing or not Weir's".formatted(file));
    } else if (loaded.isEmpty()) {
      reasons.add("the running HAProxy has not loaded %s".formatted(file));
    } else if (!loaded.equals(look.now().epoch())) {
      reasons.add("the running HAProxy was loaded from another %s".formatted(file.getFileName()));
    }
    if (!look.now().frame().equals(next.frame())) {
      reasons.add("the text around the members changes");
    }
    return reasons;
  }

  /** The servers of a text, each with the state that its member shall have. */
  private Map<String, WantedPool> wanted(WholeText text, DesiredState desired) {
    Map<String, WantedPool> all = new LinkedHashMap<>();
    for (Backend backend : backends) {
      Carrying carrying = text.backends().get(backend.as());
      Optional<DesiredPool> pool = desired.pool(backend.pool());
      if (carrying != null && pool.isPresent()) {
        all.put(backend.as(), wanted(carrying, pool.get()));
      }
    }
    return all;
  }

  /** The servers of the file, whose members may have gone since it was rendered. */
  private Map<String, WantedPool> onTheLinesThereAre(Look look) {
    Map<String, WantedPool> all = wanted(look.now(), look.desired());
    for (Backend backend : backends) {
      ObservedPool seen = look.observed().pools().get(backend.pool());
      if (seen != null) {
        all.computeIfPresent(backend.as(), (_, pool) -> former.onTheLinesThereAre(pool, seen));
      }
    }
    return all;
  }

  private void note(DesiredState desired, WholeText text) {
    for (Backend backend : backends) {
      Carrying carrying = text.backends().get(backend.as());
      desired
          .pool(backend.pool())
          .ifPresent(pool ->
              former.note(pool, carrying == null ? List.of() : carrying.servers().values()));
    }
  }

  private static WantedPool wanted(Carrying carrying, DesiredPool pool) {
    Map<Endpoint, DesiredMember> byAddress = new HashMap<>();
    pool.members().forEach(member -> byAddress.put(member.endpoint(), member));
    List<ServerLine> servers = new ArrayList<>();
    Map<String, DesiredMember> members = new HashMap<>();
    for (ServerLine line : carrying.servers().values()) {
      DesiredMember member = byAddress.get(line.endpoint());
      servers.add(member == null ? line : line.in(member.state()));
      if (member != null) {
        members.put(line.name(), member);
      }
    }
    return new WantedPool(pool, Section.of(List.of(), servers), members);
  }

  private List<MemberDiff> diffs(Observed observed, WholeText now, WholeText next) {
    List<MemberDiff> diffs = new ArrayList<>();
    for (Backend backend : backends) {
      WantedPool pool = wanted.get(backend.as());
      ObservedPool seen = observed.pools().get(backend.pool());
      Carrying old = now.backends().get(backend.as());
      Carrying carrying = next.backends().get(backend.as());
      if (pool != null && seen != null && carrying != null) {
        Section former = (old == null ? carrying : old).section();
        diffs.add(MemberDiff.between(backend, rules(backend, carrying, next), pool, former, seen));
      }
    }
    return diffs;
  }

  private Rules rules(Backend backend, Carrying carrying, WholeText text) {
    Defaults defaults = text.defaults();
    List<String> cookie = carrying.line("cookie", defaults);
    List<String> key = carrying.line("dynamic-cookie-key", defaults);
    return new Rules(
        fixed(carrying, defaults),
        DynamicServers.meaningful(carrying.inherited(defaults)),
        new Rung.Dynamic(),
        Optional.ofNullable(refusals.get(backend.as())),
        cookie.contains("dynamic") && key.size() > 1 ? Optional.of(key.get(1)) : Optional.empty());
  }

  private static Optional<String> fixed(Carrying carrying, Defaults defaults) {
    return DynamicServers.staticAlgorithm(
        carrying.line("balance", defaults), carrying.line("hash-type", defaults));
  }

  private static List<MemberChange> changes(List<MemberDiff> diffs) {
    return diffs.stream()
        .flatMap(diff -> diff.changes().stream())
        .sorted(BY_POOL_AND_NAME)
        .toList();
  }

  private static List<Step> steps(List<MemberDiff> diffs) {
    List<Step> steps = new ArrayList<>();
    diffs.forEach(diff -> steps.addAll(diff.gains()));
    diffs.forEach(diff -> steps.addAll(diff.losses()));
    return steps;
  }

  /** The states that the text does not say, as commands after it was loaded. */
  private List<Step> turns(WholeText text) {
    List<Step> steps = new ArrayList<>();
    wanted.forEach((as, pool) -> {
      Carrying carrying = text.backends().get(as);
      for (ServerLine server : pool.section().servers().values()) {
        ServerLine written = carrying == null ? null : carrying.servers().get(server.name());
        boolean told = written != null && written.loaded() == server.state();
        if (!told) {
          steps.add(MemberDiff.state(as, server));
        }
      }
    });
    return steps;
  }

  private WholeText whole(String text) {
    Set<String> names = backends.stream().map(Backend::as).collect(Collectors.toSet());
    return WholeText.parse(text, variable, names);
  }

  private Parsed read(String text) {
    WholeText whole = whole(text);
    Map<String, Section> sections = new HashMap<>();
    whole.backends().forEach((as, carrying) -> sections.put(as, carrying.section()));
    return new Parsed(whole.epoch(), sections);
  }

  private static Optional<String> text(Observed observed, Path file) {
    return text(observed.files(), file);
  }

  private static Optional<String> text(List<ObservedFile> files, Path file) {
    return files.stream()
        .filter(found -> found.file().equals(file))
        .findFirst()
        .flatMap(ObservedFile::text);
  }

  @Override
  public Parsed parsed(List<ObservedFile> files) {
    return text(files, file).map(readings::of).orElse(Parsed.NOTHING);
  }

  @Override
  public void startsBy(Optional<Step> step) {
    start = step;
  }

  @Override
  public void refused(String backend, String answer) {
    refusals.put(backend, answer);
  }

  @Override
  public void forgetRefusals() {
    refusals.clear();
  }

  @Override
  public Rung rung(Backend backend) {
    return new Rung.Dynamic();
  }

  @Override
  public PoolWay way(Backend backend) {
    Carrying carrying = last.backends().get(backend.as());
    if (carrying == null) {
      return new PoolWay(
          backend.pool(), PoolWay.Kind.RELOAD, "no backend %s is rendered".formatted(backend.as()));
    }
    String inherited = DynamicServers.meaningful(carrying.inherited(last.defaults()));
    Optional<String> why =
        Optional.ofNullable(refusals.get(backend.as()))
            .map(answer -> "HAProxy says: " + answer)
            .or(() ->
                fixed(carrying, last.defaults())
                    .map(balance -> balance + " takes no new server at run time"))
            .or(() ->
                carrying.servers().values().stream()
                    .flatMap(server ->
                        DynamicServers.refusal((inherited + " " + server.options()).strip())
                            .stream())
                    .findFirst());
    return why.map(reason -> new PoolWay(backend.pool(), PoolWay.Kind.RELOAD, reason))
        .orElseGet(() -> new PoolWay(backend.pool(), PoolWay.Kind.RUN_TIME, ""));
  }

  @Override
  public String memberOf(String backend, String server) {
    WantedPool pool = wanted.get(backend);
    return pool == null ? server : pool.memberOf(server);
  }

  @Override
  public boolean wantsLook() {
    return wantsLook;
  }

  @Override
  public List<ObservedFile> sources() {
    return List.of(new ObservedFile(renderer.template().path(), renderer.template().read()));
  }

  @Override
  public String stamp() {
    return renderer.template().stamp();
  }

  /** Rendered again, the same template and the same data would fail in the same words. */
  @Override
  public Outcome nothingToLoad(String reason) {
    return new Outcome.Rejected(reason, Optional.empty(), true);
  }

  @Override
  public Outcome explained(Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? Refusals.explained(rejected, file, rendered)
        : outcome;
  }
}
