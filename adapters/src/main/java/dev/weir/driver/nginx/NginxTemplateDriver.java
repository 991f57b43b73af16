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
import dev.weir.model.PoolKind;
import dev.weir.model.Revision;
import dev.weir.nginxconf.Upstream;
import dev.weir.publish.Backups;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.MemberChanges;
import dev.weir.rendered.Refusals;
import dev.weir.rendered.Renderer;
import dev.weir.rendered.Rendering;
import dev.weir.rendered.TemplateCheck;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.Finding;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an nginx in step whose whole main file is rendered from a user's template: every change is
 * a reload. What nginx runs it tells at the confirm server that the template places. Used by one
 * thread.
 */
final class NginxTemplateDriver implements ProxyDriver {

  private static final Logger LOG = LoggerFactory.getLogger(NginxTemplateDriver.class);
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final Parts parts;
  private final NginxOptions options;
  private final List<TargetLock> locks;
  private final List<Carried<NginxSurroundings>> carried;
  private final Access access;

  /** What was last rendered, for the words of a refusal: no plan depends on it. */
  private Rendering rendered = new Rendering.Failed("nothing was rendered yet");

  NginxTemplateDriver(Parts parts, List<TargetLock> locks, Context<NginxSurroundings> context) {
    this.parts = parts;
    this.options = parts.options();
    this.locks = List.copyOf(locks);
    this.carried = context.pools();
    this.access = context.access();
  }

  private static Set<PoolId> http(List<Carried<NginxSurroundings>> pools) {
    return pools.stream()
        .filter(pool -> pool.kind() == PoolKind.HTTP)
        .map(Carried::pool)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What it works with. */
  record Parts(
      NginxOptions options,
      PublishedFile file,
      Renderer renderer,
      Publication publication,
      ConfirmPort port,
      ConfigTree tree,
      TemplateInspection inspection) {

    static Parts of(
        NginxOptions options,
        TemplateFile template,
        Context<NginxSurroundings> context,
        TreeTrial trial) {
      PublishedFile file =
          new PublishedFile(
              options.config(),
              context.checkpoints(),
              StandardCharsets.UTF_8,
              new Backups(context.backups(), context.time()::now));
      ConfirmPort port = new ConfirmPort(options.confirm(), Optional.empty(), ANSWER);
      Map<PoolId, CarriedPool> carried = new HashMap<>();
      for (Carried<NginxSurroundings> pool : context.pools()) {
        NginxSurroundings around = pool.surroundings();
        carried.put(
            pool.pool(),
            new CarriedPool(pool.as(), pool.kind(), around.directives(), around.server()));
      }
      EmptyAnswers answers = new EmptyAnswers(options.confirm().port());
      Renderer renderer =
          new Renderer(
              context.proxy(),
              template,
              new NginxDialect(options.confirm(), answers, http(context.pools())),
              carried);
      ConfigTree tree = new ConfigTree(options.config(), List.of());
      return new Parts(
          options,
          file,
          renderer,
          new Publication(
              options,
              new DriverFiles(
                  new DriverFiles.Named(options.config(), file), Optional.empty(), List.of()),
              trial,
              new Reloading(port, context.time(), options.reload()),
              port,
              context.checkpoints()),
          port,
          tree,
          new TemplateInspection(
              new Inspection(options, trial, tree, port, LivePools.NONE),
              new TemplateCheck(renderer, carried.keySet())));
    }
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    Look look = Look.at(options, parts.port());
    if (access == Access.OWN) {
      settle(look.loaded());
    }
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

  /** What cannot be settled now is tried again before the next text is published. */
  private void settle(Optional<Fingerprint> loaded) {
    try {
      parts.publication().settle(loaded);
    } catch (IOException e) {
      LOG.debug("cannot end the last swap of {}", options.config(), e);
    }
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
    Optional<String> template = text(observed, parts.renderer().template().path());
    rendered = parts.renderer().render(template, desired);
    return switch (rendered) {
      case Rendering.Failed(String message) ->
          new Plan.Reload(desired.fingerprint(), List.of(), List.of(message), List.of(), List.of());
      case Rendering.Text made -> plan(desired, observed, made);
    };
  }

  private Plan plan(DesiredState desired, Observed observed, Rendering.Text made) {
    Fingerprint fingerprint = made.fingerprint();
    String text = made.with(fingerprint);
    Optional<String> current = text(observed, options.config());
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
    String before = text(observed, options.config()).orElse("");
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

  private static Optional<String> text(Observed observed, Path file) {
    return observed.files().stream()
        .filter(found -> found.file().equals(file))
        .findFirst()
        .flatMap(ObservedFile::text);
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    if (access == Access.LOOK) {
      throw new IllegalStateException("this driver was opened to look only");
    }
    return switch (plan) {
      case Plan.InSync same -> new Outcome.Applied(same.target(), Outcome.Way.LIVE);
      case Plan.Live live ->
          throw new IllegalArgumentException("no plan of this driver's: " + live);
      case Plan.Reload unusable when unusable.files().isEmpty() ->
          new Outcome.Rejected(unusable.reasons().getFirst(), Optional.empty(), true);
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
    return Master.endingWorkers(options);
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
    locks.forEach(TargetLock::close);
  }
}
