package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.RenderedDeviation.Texts;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
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
import java.util.HashMap;
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
 * are, those that are gone stay out, and the plan says what is wrong. Used by one thread.
 */
final class TemplatePlanner implements Planning {

  private final Path file;
  private final String variable;
  private final List<Backend> backends;
  private final Renderer renderer;
  private final Readings<Parsed> readings = new Readings<>(this::read);
  private final RenderedServers servers;
  private final RenderedDeviation deviation;

  /** What was last rendered, for the words of a refusal: no plan depends on it. */
  private Rendering rendered = new Rendering.Failed("nothing was rendered yet");

  /** The text that was last planned from, for people. */
  private WholeText last = WholeText.NOTHING;

  private Map<String, WantedPool> wanted = Map.of();
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
    this.servers = new RenderedServers(this.backends);
    this.deviation = new RenderedDeviation(this.backends);
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    rendered = renderer.render(text(observed, renderer.template().path()), desired);
    String current = text(observed, file).orElse("");
    WholeText now = whole(current);
    servers.note(desired, now);
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
    wanted = servers.wanted(next, look.desired());
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
        MemberDiffs diffs = deviation.diffs(wanted, look.observed(), new Texts(look.now(), next));
        reasons.addAll(diffs.reasons());
        if (!reasons.isEmpty()) {
          yield new Plan.Reload(
              target,
              diffs.changes(),
              List.copyOf(reasons),
              files(made, fresh),
              RenderedDeviation.turns(wanted, next));
        }
        List<Step> steps = diffs.steps();
        if (steps.isEmpty() && sameFile) {
          yield new Plan.InSync(target);
        }
        Fingerprint loaded = look.observed().loaded().orElse(fresh);
        yield new Plan.Live(
            target, diffs.changes(), steps, sameFile ? List.of() : files(made, loaded));
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
    wanted = servers.onTheLinesThereAre(now, look.desired(), observed);
    know(look.current(), now.epoch());
    if (!observed.running() || !observed.loaded().equals(now.epoch())) {
      return new Plan.Blocked(look.desired().fingerprint(), message);
    }
    MemberDiffs diffs = deviation.diffs(wanted, observed, new Texts(now, now)).withoutReload();
    return new Plan.Blocked(look.desired().fingerprint(), diffs.changes(), diffs.steps(), message);
  }

  @Override
  public Plan restore(Revision revision, FileContent content, Observed observed) {
    String text = content.text();
    WholeText then = whole(text);
    if (then.epoch().isEmpty()) {
      return plan(revision.desired(), observed);
    }
    rendered = new Rendering.Failed("revision %d was not rendered".formatted(revision.number()));
    servers.note(revision.desired(), then);
    wanted = servers.wanted(then, revision.desired());
    last = then;
    know(text, then.epoch());
    Fingerprint target = revision.desired().fingerprint();
    MemberDiffs diffs = deviation.diffs(wanted, observed, new Texts(then, then));
    List<FileContent> files = List.of(new FileContent(file, text));
    boolean sameFile = text(observed, file).equals(Optional.of(text));
    return switch (observed.condition()) {
      case Condition.NotRunning _ when sameFile -> new Plan.InSync(target);
      case Condition.NotRunning _ -> new Plan.Live(target, List.of(), List.of(), files);
      case Condition.Running _
          when sameFile && diffs.steps().isEmpty() && observed.loaded().equals(then.epoch()) ->
          new Plan.InSync(target);
      case Condition.Running _, Condition.Unreachable _ ->
          new Plan.Reload(
              target,
              diffs.changes(),
              List.of("revision %d is brought back".formatted(revision.number())),
              files,
              RenderedDeviation.turns(wanted, then));
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
    deviation.refused(backend, answer);
  }

  @Override
  public void forgetRefusals() {
    deviation.forgetRefusals();
  }

  @Override
  public Rung rung(Backend backend) {
    return new Rung.Dynamic();
  }

  @Override
  public PoolWay way(Backend backend) {
    return deviation.way(backend, last);
  }

  @Override
  public String memberOf(String backend, String server) {
    WantedPool pool = wanted.get(backend);
    return pool == null ? server : pool.memberOf(server);
  }

  @Override
  public List<ObservedFile> sources() {
    return List.of(new ObservedFile(renderer.template().path(), renderer.template().read()));
  }

  @Override
  public String stamp() {
    return renderer.template().stamp();
  }

  @Override
  public Outcome explained(Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? Refusals.explained(rejected, file, rendered)
        : outcome;
  }
}
