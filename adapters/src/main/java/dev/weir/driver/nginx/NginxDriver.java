package dev.weir.driver.nginx;

import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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
  private final Composition composition;
  private final Access access;
  private final ForeignFiles foreign = new ForeignFiles();

  /** As it was last seen. */
  private Optional<Master> master = Optional.empty();

  /** What the last plan leads to, for what comes after it; absent after one that goes back. */
  private Optional<DesiredState> planned = Optional.empty();

  NginxDriver(Parts parts, Access access) {
    this.parts = parts;
    this.options = parts.options();
    this.composition = parts.composition();
    this.access = access;
  }

  /** What a driver works with. */
  record Parts(
      NginxOptions options,
      List<TargetLock> locks,
      DriverFiles files,
      Composition composition,
      Publication publication,
      Isolation isolation,
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
    master = look.master();
    foreign.look(look.master(), parts.tree().stamps(), parts.files().contexts().keySet());
    if (access == Access.OWN) {
      settle(look.loaded());
    }
    List<Carried<NginxSurroundings>> wanted =
        pools.stream().flatMap(pool -> composition.find(pool).stream()).toList();
    LiveMembers.Running running = running(look, wanted);
    List<ObservedFile> files = new ArrayList<>(parts.files().observe());
    Sight sight = new Sight();
    Found found = new Found(files, parts.files().edited(files), running);
    wanted.forEach(pool -> see(pool, found, sight));
    files.addAll(sight.lists());
    boolean locked = running instanceof LiveMembers.Running.Locked;
    return new Observed(
        look.condition(), sight.pools(), files, locked ? Optional.empty() : look.loaded());
  }

  /** What a look found in all files, and in the running balancer. */
  private record Found(List<ObservedFile> files, EditedFiles edited, LiveMembers.Running running) {

    Optional<String> text(Path file) {
      return files.stream()
          .filter(found -> found.file().equals(file))
          .findFirst()
          .flatMap(ObservedFile::text);
    }
  }

  private void see(Carried<NginxSurroundings> pool, Found found, Sight sight) {
    Optional<String> text = found.text(composition.file(pool));
    if (found.edited().has(pool.as(), pool.kind())) {
      sight.inUsersFile(pool, found.edited());
    } else if (parts.live().has(pool.pool())) {
      sight.live(pool, text, lists(pool.as(), found.running()));
    } else if (text.isPresent()) {
      sight.inText(pool, text.get());
    }
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
    EditedFiles files = parts.files().edited(observed.files());
    Optional<String> problem = composition.problem(files);
    if (problem.isPresent()) {
      return new Plan.Reload(
          desired.fingerprint(), List.of(), List.of(problem.get()), List.of(), List.of());
    }
    Difference found = difference(desired, observed, files);
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

  @Override
  public Plan planWithoutReload(DesiredState desired, Observed observed) {
    EditedFiles files = parts.files().edited(observed.files());
    return difference(desired, observed, files).withoutReload(desired.fingerprint());
  }

  private Difference difference(DesiredState desired, Observed observed, EditedFiles files) {
    return new Difference(
        composition.make(desired, files),
        observed,
        new Difference.Places(options, composition, parts.live().files()));
  }

  /**
   * Where upstreams stand in the user's files, their text around them is not Weir's to bring back.
   */
  @Override
  public Plan restore(Revision revision, Observed observed) {
    Plan members = plan(revision.desired(), observed);
    Optional<Republication> bytes =
        Republication.of(revision, options.upstreams(), this::isRestored)
            .filter(ignored -> parts.files().contexts().isEmpty());
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
        plan.files().stream().filter(file -> !parts.files().has(file.file())).toList();
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
    Outcome outcome = isolated(plan);
    if (outcome instanceof Outcome.Applied && !parts.files().contexts().isEmpty()) {
      parts.frozen().rememberOwnChange(parts.tree()::stamp);
    }
    return outcome;
  }

  private Outcome isolated(Plan.Reload plan) throws InterruptedException {
    Outcome outcome = parts.publication().publish(plan.target(), parts.files().texts(plan.files()));
    if (outcome instanceof Outcome.Rejected rejected && !rejected.foreign()) {
      Optional<DesiredState> wanted = planned(plan);
      if (wanted.isPresent()) {
        return parts.isolation().isolate(wanted.get(), rejected, parts.tree().stamp());
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
  public int oldProcesses() {
    return master.map(Master::endingWorkers).orElse(0);
  }

  @Override
  public List<Path> foreignChanges() {
    return foreign.changed();
  }

  @Override
  public SortedMap<PoolId, String> frozen() {
    return parts.frozen().messages(planned.map(composition::sections).orElse(List.of()));
  }

  @Override
  public String configurationStamp() {
    return parts.tree().stamp();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(parts.inspection().findings());
    EditedFiles edited = parts.files().edited(parts.files().observe());
    Set<String> live =
        parts.live().pools().balanced().keySet().stream()
            .map(pool -> composition.carried(pool).as())
            .collect(Collectors.toSet());
    List<String> counting =
        composition.withoutZone(edited).stream().filter(name -> !live.contains(name)).toList();
    if (!counting.isEmpty()) {
      findings.add(
          Finding.warning(
              "no zone in upstream %s: each worker counts connections and failures for itself; add a"
                      .formatted(String.join(", ", counting))
                  + " directive such as 'zone %s 64k'".formatted(counting.getFirst())));
    }
    return findings;
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

  /** Beside Weir's own file in http: that of stream, and lists of pools. */
  private boolean isRestored(Path file) {
    return options.stream().filter(file::equals).isPresent()
        || parts.live().pools().balanced().keySet().stream()
            .anyMatch(
                pool -> parts.live().files().members(composition.carried(pool).as()).equals(file));
  }
}
