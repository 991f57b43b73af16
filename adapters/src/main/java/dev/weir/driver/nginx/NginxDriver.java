package dev.weir.driver.nginx;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
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
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an nginx in step through a file of Weir's own and a reload. */
final class NginxDriver implements ProxyDriver {

  private static final Logger LOG = LoggerFactory.getLogger(NginxDriver.class);

  private final NginxOptions options;
  private final Map<PoolId, Carried<NginxSurroundings>> carried;
  private final Access access;
  private final Optional<TargetLock> lock;
  private final PublishedFile file;
  private final UpstreamsText texts;
  private final Publication publication;
  private final ConfirmPort port;
  private final ConfigTree tree;
  private final Inspection inspection;

  NginxDriver(Parts parts, List<Carried<NginxSurroundings>> pools, Access access) {
    this.options = parts.options();
    this.carried =
        pools.stream().collect(Collectors.toUnmodifiableMap(Carried::pool, Function.identity()));
    this.access = access;
    this.lock = parts.lock();
    this.file = parts.file();
    this.texts = parts.texts();
    this.publication = parts.publication();
    this.port = parts.port();
    this.tree = new ConfigTree(options.config(), options.upstreams());
    this.inspection = new Inspection(options, parts.test(), tree, port);
  }

  /** What a driver works with. */
  record Parts(
      NginxOptions options,
      Optional<TargetLock> lock,
      PublishedFile file,
      UpstreamsText texts,
      TreeTrial test,
      Publication publication,
      ConfirmPort port) {}

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    Look look = Look.at(options, port);
    if (access == Access.OWN) {
      settle(look.loaded());
    }
    Optional<String> text = read();
    Map<PoolId, ObservedPool> found = new HashMap<>();
    for (PoolId pool : pools) {
      Carried<NginxSurroundings> how = carried.get(pool);
      if (how != null && text.isPresent()) {
        UpstreamsReader.members(text.get(), how.as())
            .ifPresent(members -> found.put(pool, new ObservedPool(pool, members)));
      }
    }
    return new Observed(
        look.condition(),
        found,
        List.of(new ObservedFile(options.upstreams(), text)),
        look.loaded());
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    Rendered rendered = texts.render(desired);
    Optional<String> current =
        observed.files().stream()
            .filter(f -> f.file().equals(options.upstreams()))
            .findFirst()
            .flatMap(ObservedFile::text);
    boolean written = current.equals(Optional.of(rendered.text()));
    boolean stopped = observed.condition() instanceof Condition.NotRunning;
    boolean loaded = observed.loaded().equals(Optional.of(rendered.fingerprint()));
    if (written && (stopped || loaded)) {
      return new Plan.InSync(desired.fingerprint());
    }
    List<MemberChange> changes =
        written
            ? List.of()
            : Changes.between(current.orElse(""), rendered.sections(), this::carriedAs);
    return new Plan.Reload(
        desired.fingerprint(),
        changes,
        List.of(reason(observed.condition(), current, changes)),
        List.of(new FileContent(options.upstreams(), rendered.text())),
        List.of());
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    if (access == Access.LOOK) {
      throw new IllegalStateException("this driver was opened to look only");
    }
    return switch (plan) {
      case Plan.InSync inSync -> new Outcome.Applied(inSync.target(), Outcome.Way.LIVE);
      case Plan.Live live ->
          throw new IllegalArgumentException("a live plan (expected: one of this driver)");
      case Plan.Reload reload ->
          publication.publish(reload.target(), reload.files().getFirst().text());
    };
  }

  @Override
  public Optional<Duration> upkeep() {
    return Optional.empty();
  }

  @Override
  public String configurationStamp() {
    return tree.stamp();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return inspection.findings();
  }

  @Override
  public void close() {
    lock.ifPresent(TargetLock::close);
  }

  /** What cannot be settled now is tried again before the next text is published. */
  private void settle(Optional<Fingerprint> loaded) {
    try {
      publication.settle(loaded);
    } catch (IOException e) {
      LOG.debug("cannot end the last swap of {}", options.upstreams(), e);
    }
  }

  private Optional<String> read() {
    try {
      return file.read();
    } catch (IOException e) {
      LOG.debug("cannot read {}", options.upstreams(), e);
      return Optional.empty();
    }
  }

  private String carriedAs(PoolId pool) {
    Carried<NginxSurroundings> how = carried.get(pool);
    if (how == null) {
      throw new IllegalArgumentException("pool %s is not carried".formatted(pool));
    }
    return how.as();
  }

  private static String reason(
      Condition condition, Optional<String> current, List<MemberChange> changes) {
    if (condition instanceof Condition.NotRunning) {
      return "nginx does not run: its file is made ready for its start";
    }
    if (current.isEmpty()) {
      return "nginx does not have Weir's file yet";
    }
    return changes.isEmpty()
        ? "nginx does not run what Weir's file has to say"
        : "nginx takes other members by a reload only";
  }
}
