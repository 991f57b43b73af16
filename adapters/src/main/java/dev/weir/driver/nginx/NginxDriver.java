package dev.weir.driver.nginx;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.publish.PublishedFile;
import dev.weir.publish.TargetLock;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an nginx in step through a file of Weir's own: members of pools that Weir's balancer has
 * are sent to it while nginx runs, all else is taken in by a reload.
 */
final class NginxDriver implements ProxyDriver {

  private static final Logger LOG = LoggerFactory.getLogger(NginxDriver.class);

  private final Parts parts;
  private final NginxOptions options;
  private final Map<PoolId, Carried<NginxSurroundings>> carried;
  private final Access access;
  private final Isolation isolation;
  private final ForeignFiles foreign = new ForeignFiles();

  /** What the last plan leads to, for what comes after it; absent after one that goes back. */
  private Optional<DesiredState> planned = Optional.empty();

  NginxDriver(Parts parts, List<Carried<NginxSurroundings>> pools, Access access) {
    this.parts = parts;
    this.options = parts.options();
    this.carried =
        pools.stream().collect(Collectors.toUnmodifiableMap(Carried::pool, Function.identity()));
    this.access = access;
    this.isolation =
        new Isolation(
            parts.texts(), parts.file(), parts.publication(), parts.frozen(), this::carriedAs);
  }

  /** What a driver works with. */
  record Parts(
      NginxOptions options,
      List<TargetLock> locks,
      PublishedFile file,
      List<PublishedFile> edited,
      UpstreamsText texts,
      Publication publication,
      Live live,
      FrozenPools frozen,
      ConfirmPort port,
      ConfigTree tree,
      Inspection inspection) {}

  /** What a driver works with for members that change without a reload. */
  record Live(LivePools pools, LiveFiles files, LiveMembers members, EmptyAnswers answers) {

    boolean has(PoolId pool) {
      return pools.balanced().containsKey(pool);
    }
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    Look look = Look.at(options, parts.port());
    parts.frozen().thawWhenChanged(parts.tree()::stamp);
    foreign.look(look.master(), parts.tree().stamps(), targets());
    if (access == Access.OWN) {
      settle(look.loaded());
    }
    Optional<String> text = read(parts.file());
    List<Carried<NginxSurroundings>> wanted =
        pools.stream().map(carried::get).filter(Objects::nonNull).toList();
    LiveMembers.Running running = running(look, wanted);
    List<ObservedFile> files = new ArrayList<>();
    files.add(new ObservedFile(options.upstreams(), text));
    parts.edited().forEach(file -> files.add(new ObservedFile(file.target(), read(file))));
    EditedFiles edited = new EditedFiles(targets(), files);
    Sight sight = new Sight();
    for (Carried<NginxSurroundings> pool : wanted) {
      if (edited.has(pool.as())) {
        sight.inUsersFile(pool, edited);
      } else if (parts.live().has(pool.pool())) {
        sight.live(pool, text, lists(pool.as(), running));
      } else if (text.isPresent()) {
        sight.inText(pool, text.get());
      }
    }
    files.addAll(sight.lists());
    boolean locked = running instanceof LiveMembers.Running.Locked;
    return new Observed(
        look.condition(), sight.pools(), files, locked ? Optional.empty() : look.loaded());
  }

  private LiveMembers.Running running(Look look, List<Carried<NginxSurroundings>> wanted)
      throws InterruptedException {
    List<String> upstreams =
        wanted.stream().filter(p -> parts.live().has(p.pool())).map(Carried::as).toList();
    if (upstreams.isEmpty() || look.loaded().isEmpty()) {
      return new LiveMembers.Running.Absent();
    }
    LiveMembers.Running running = parts.live().members().running(upstreams);
    boolean notForUs = running instanceof LiveMembers.Running.Silent && access == Access.LOOK;
    return notForUs ? new LiveMembers.Running.Absent() : running;
  }

  private Sight.Lists lists(String upstream, LiveMembers.Running running) {
    Live live = parts.live();
    return new Sight.Lists(
        upstream, live.files().members(upstream), live.members().onDisk(upstream), running);
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    planned = Optional.of(desired);
    EditedFiles files = new EditedFiles(targets(), observed.files());
    if (files.problem().isPresent()) {
      return new Plan.Reload(
          desired.fingerprint(), List.of(), List.of(files.problem().get()), List.of(), List.of());
    }
    Set<PoolId> elsewhere =
        carried.values().stream()
            .filter(pool -> files.has(pool.as()))
            .map(Carried::pool)
            .collect(Collectors.toSet());
    Rendered rendered = parts.texts().render(desired, elsewhere);
    Difference found =
        new Difference(
            rendered,
            observed,
            new Difference.Places(options.upstreams(), this::carriedAs, parts.live().files()),
            new Difference.Edited(
                elsewhere, files.changed(rendered.sections(), parts.live().answers(), this::how)));
    if (found.none()) {
      return new Plan.InSync(desired.fingerprint());
    }
    if (found.onlyLists()) {
      return new Plan.Live(desired.fingerprint(), found.changes(), List.of(), found.lists());
    }
    return new Plan.Reload(
        desired.fingerprint(),
        found.changes(),
        foreign.with(found.reason()),
        found.files(),
        List.of());
  }

  /**
   * Where upstreams stand in the user's files, their text around them is not Weir's to bring back.
   */
  @Override
  public Plan restore(Revision revision, Observed observed) {
    Plan members = plan(revision.desired(), observed);
    Optional<Republication> bytes =
        Republication.of(revision, options.upstreams(), this::isList)
            .filter(ignored -> parts.edited().isEmpty());
    if (bytes.isEmpty()) {
      return members;
    }
    planned = Optional.empty();
    return bytes.get().plan(observed, members.changes());
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    if (access == Access.LOOK) {
      throw new IllegalStateException("this driver was opened to look only");
    }
    return switch (plan) {
      case Plan.InSync inSync -> new Outcome.Applied(inSync.target(), Outcome.Way.LIVE);
      case Plan.Live live -> parts.live().members().apply(live.target(), live.files());
      case Plan.Reload reload when reload.files().isEmpty() ->
          new Outcome.Failed("look", reload.reasons().getFirst());
      case Plan.Reload reload -> reload(reload);
    };
  }

  /**
   * Lists are there before nginx reads a text that goes by them, and are sent to it, because what
   * its balancer has from earlier outlives a reload.
   */
  private Outcome reload(Plan.Reload plan) throws InterruptedException {
    List<FileContent> lists =
        plan.files().stream().filter(file -> !isPublished(file.file())).toList();
    Optional<Outcome> unready = prepare(lists);
    if (unready.isPresent()) {
      return unready.get();
    }
    Outcome outcome = publish(plan);
    return switch (outcome) {
      case Outcome.Applied applied ->
          applied.way() == Outcome.Way.RELOAD ? send(plan, lists).orElse(applied) : applied;
      case Outcome.Rejected rejected -> {
        if (planned(plan).isPresent()) {
          var _ = send(plan, lists); // what needs no reload goes on
        }
        yield rejected;
      }
      case Outcome.Failed failed -> failed;
    };
  }

  private Outcome publish(Plan.Reload plan) throws InterruptedException {
    Map<Path, String> texts =
        plan.files().stream()
            .filter(file -> isPublished(file.file()))
            .collect(Collectors.toMap(file -> target(file.file()), FileContent::text));
    Outcome outcome = parts.publication().publish(plan.target(), texts);
    if (outcome instanceof Outcome.Rejected rejected
        && !rejected.foreign()
        && parts.edited().isEmpty()) {
      Optional<DesiredState> wanted = planned(plan);
      if (wanted.isPresent()) {
        return isolation.isolate(wanted.get(), rejected, parts.tree().stamp());
      }
    }
    return outcome;
  }

  /**
   * What a plan leads to; absent where it brings an earlier revision back, all of it or nothing.
   */
  private Optional<DesiredState> planned(Plan plan) {
    return planned.filter(state -> state.fingerprint().equals(plan.target()));
  }

  /** What went wrong; empty where the running nginx has the lists. */
  private Optional<Outcome> send(Plan.Reload plan, List<FileContent> lists)
      throws InterruptedException {
    return lists.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.live().members().apply(plan.target(), lists))
            .filter(Outcome.Failed.class::isInstance);
  }

  private Optional<Outcome> prepare(List<FileContent> lists) throws InterruptedException {
    if (parts.live().pools().balanced().isEmpty()) {
      return Optional.empty();
    }
    return parts.live().members().prepare(parts.live().answers(), lists);
  }

  @Override
  public Optional<Duration> upkeep() {
    return Optional.empty();
  }

  @Override
  public List<Path> foreignChanges() {
    return foreign.changed();
  }

  @Override
  public SortedMap<PoolId, String> frozen() {
    return parts.frozen().messages(planned.map(parts.texts()::sections).orElse(List.of()));
  }

  @Override
  public String configurationStamp() {
    return parts.tree().stamp();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return parts.inspection().findings();
  }

  @Override
  public void close() {
    parts.locks().forEach(TargetLock::close);
  }

  /** What cannot be settled now is tried again before the next text is published. */
  private void settle(Optional<Fingerprint> loaded) {
    try {
      parts.publication().settle(loaded);
    } catch (IOException e) {
      LOG.debug("cannot end the last swap of {}", options.upstreams(), e);
    }
  }

  private static Optional<String> read(PublishedFile file) {
    try {
      return file.read();
    } catch (IOException e) {
      LOG.debug("cannot read {}", file.target(), e);
      return Optional.empty();
    }
  }

  private List<Path> targets() {
    return parts.edited().stream().map(PublishedFile::target).toList();
  }

  private boolean isList(Path file) {
    return parts.live().pools().balanced().keySet().stream()
        .anyMatch(pool -> parts.live().files().members(carriedAs(pool)).equals(file));
  }

  private boolean isPublished(Path file) {
    return file.equals(options.upstreams()) || targets().contains(file);
  }

  /** Weir's own file may be named by a symbolic link. */
  private Path target(Path file) {
    return file.equals(options.upstreams()) ? parts.file().target() : file;
  }

  private EditedFiles.Carried how(Section section) {
    Carried<NginxSurroundings> pool =
        Objects.requireNonNull(carried.get(section.pool().id()), "a section of a carried pool");
    return new EditedFiles.Carried(pool.as(), pool.surroundings());
  }

  private String carriedAs(PoolId pool) {
    Carried<NginxSurroundings> how = carried.get(pool);
    if (how == null) {
      throw new IllegalArgumentException("pool %s is not carried".formatted(pool));
    }
    return how.as();
  }
}
