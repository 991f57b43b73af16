package dev.weir.driver.nginx;

import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.nginxconf.Upstream;
import dev.weir.rendered.MemberChanges;
import dev.weir.rendered.Refusals;
import dev.weir.rendered.Rendering;
import dev.weir.spi.Finding;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an nginx in step whose whole main file is rendered from a user's template: every change is
 * a reload. What nginx runs it tells at the confirm server that the template places. Used by one
 * thread.
 */
final class NginxTemplateDriver implements ProxyDriver {

  private static final Logger LOG = LoggerFactory.getLogger(NginxTemplateDriver.class);

  private final TemplateParts parts;
  private final NginxOptions options;
  private final Grip grip;
  private final List<Carried<NginxSurroundings>> carried;

  /** What was last rendered, for the words of a refusal: no plan depends on it. */
  private Rendering rendered = new Rendering.Failed("nothing was rendered yet");

  NginxTemplateDriver(TemplateParts parts, Grip grip, List<Carried<NginxSurroundings>> carried) {
    this.parts = parts;
    this.options = parts.options();
    this.grip = grip;
    this.carried = List.copyOf(carried);
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    Look look = grip.look();
    ObservedFile file = new ObservedFile(options.config(), read());
    Path template = parts.renderer().template().path();
    ObservedFile source = new ObservedFile(template, parts.renderer().template().read());
    EditedFiles upstreams = upstreams(file);
    Map<PoolId, ObservedPool> found = new HashMap<>();
    for (Carried<NginxSurroundings> pool : carried) {
      if (pools.contains(pool.pool())) {
        upstreams
            .members(pool.as(), pool.kind())
            .ifPresent(all -> found.put(pool.pool(), new ObservedPool(pool.pool(), all)));
      }
    }
    return new Observed(look.condition(), found, List.of(file, source), look.loaded());
  }

  private Optional<String> read() {
    try {
      return parts.file().read();
    } catch (IOException e) {
      LOG.debug("cannot read {}", options.config(), e);
      return Optional.empty();
    }
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    Optional<String> template = observed.text(parts.renderer().template().path());
    rendered = parts.renderer().render(template, desired);
    return switch (rendered) {
      case Rendering.Failed(String message) -> new Plan.Blocked(desired.fingerprint(), message);
      case Rendering.Text made -> plan(desired, observed, made);
    };
  }

  private Plan plan(DesiredState desired, Observed observed, Rendering.Text made) {
    Fingerprint fingerprint = made.fingerprint();
    String text = made.with(fingerprint);
    Optional<String> current = observed.text(options.config());
    boolean written = current.equals(Optional.of(text));
    boolean stopped = observed.condition() instanceof Condition.NotRunning;
    if (written && (stopped || observed.loaded().equals(Optional.of(fingerprint)))) {
      return new Plan.InSync(desired.fingerprint());
    }
    return new Plan.Reload(
        desired.fingerprint(),
        changes(desired, current.orElse(""), text),
        List.of(reason(written, stopped)),
        List.of(new FileContent(options.config(), text)),
        List.of());
  }

  @Override
  public Plan restore(Revision revision, Observed observed) {
    Optional<Republication> bytes = Republication.of(revision, options.config(), file -> false);
    if (bytes.isEmpty()) {
      return plan(revision.desired(), observed);
    }
    rendered = new Rendering.Failed("revision %d was not rendered".formatted(revision.number()));
    String before = observed.text(options.config()).orElse("");
    return bytes.get().plan(observed, changes(revision.desired(), before, bytes.get().text()));
  }

  private static String reason(boolean written, boolean stopped) {
    if (stopped) {
      return "nginx does not run: its file is made ready for its start";
    }
    return written
        ? "nginx does not run what its file says"
        : "nginx takes a rendered file by a reload only";
  }

  private EditedFiles upstreams(ObservedFile file) {
    return new EditedFiles(Map.of(options.config(), Upstream.Context.HTTP), List.of(file));
  }

  private List<MemberChange> changes(DesiredState desired, String before, String after) {
    EditedFiles old = upstreams(new ObservedFile(options.config(), Optional.of(before)));
    EditedFiles next = upstreams(new ObservedFile(options.config(), Optional.of(after)));
    List<MemberChange> changes = new ArrayList<>();
    for (DesiredPool pool : desired.pools()) {
      carried.stream()
          .filter(how -> how.pool().equals(pool.id()))
          .findFirst()
          .ifPresent(how ->
              changes.addAll(
                  MemberChanges.between(
                      pool,
                      old.members(how.as(), how.kind()).orElse(List.of()),
                      next.members(how.as(), how.kind()).orElse(List.of()))));
    }
    return changes;
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    grip.act();
    return switch (plan) {
      case Plan.InSync same -> new Outcome.Applied(same.target(), Outcome.Way.LIVE);
      case Plan.Live live ->
          throw new IllegalArgumentException("no plan of this driver's: " + live);
      case Plan.Blocked blocked -> new Outcome.Rejected(blocked.problem(), Optional.empty(), true);
      case Plan.Reload reload -> publish(reload);
    };
  }

  private Outcome publish(Plan.Reload plan) throws InterruptedException {
    String text = plan.files().getFirst().text();
    Outcome outcome =
        parts.publication().publish(plan.target(), Map.of(parts.file().target(), text));
    return outcome instanceof Outcome.Rejected rejected
        ? Refusals.explained(rejected, parts.file().target(), rendered)
        : outcome;
  }

  @Override
  public Optional<Duration> upkeep() {
    return Optional.empty();
  }

  @Override
  public int oldProcesses() {
    return grip.oldProcesses();
  }

  @Override
  public List<PoolWay> ways() {
    return carried.stream()
        .map(pool ->
            new PoolWay(pool.pool(), PoolWay.Kind.RELOAD, "nginx takes a rendered file so only"))
        .toList();
  }

  @Override
  public boolean followsItsConfiguration() {
    return true;
  }

  /** Without the file that Weir writes: the template and what the configuration includes. */
  @Override
  public String configurationStamp() {
    SortedMap<Path, String> others = new TreeMap<>(parts.tree().stamps());
    others.remove(options.config());
    return parts.renderer().template().stamp() + " " + others;
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return parts.inspection().findings();
  }

  @Override
  public void close() {
    grip.close();
  }
}
