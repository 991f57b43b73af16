package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Parts.Live;
import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Keeps an nginx in step through a file of Weir's own: members of pools that Weir's balancer has
 * are sent to it while nginx runs, all else is taken in by a reload.
 */
final class NginxDriver implements ProxyDriver {

  private final Parts parts;
  private final NginxOptions options;
  private final Composition composition;
  private final Grip grip;
  private final Execution execution;
  private final ForeignFiles foreign = new ForeignFiles();

  /** What the last plan leads to, for what comes after it; absent after one that goes back. */
  private Optional<DesiredState> planned = Optional.empty();

  NginxDriver(Parts parts, Grip grip) {
    this.parts = parts;
    this.options = parts.options();
    this.composition = parts.composition();
    this.grip = grip;
    this.execution = new Execution(parts);
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    Look look = grip.look();
    parts.frozen().thawWhenChanged(parts.tree()::stamp);
    foreign.look(look.master(), parts.tree().stamps(), parts.files().contexts().keySet());
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
    boolean notForUs = running instanceof LiveMembers.Running.Silent && grip.looksOnly();
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
      return new Plan.Blocked(desired.fingerprint(), problem.get());
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
    grip.act();
    return switch (plan) {
      case Plan.InSync inSync -> new Outcome.Applied(inSync.target(), Outcome.Way.LIVE);
      case Plan.Live live -> execution.live(live);
      case Plan.Blocked blocked -> new Outcome.Failed("look", blocked.problem());
      case Plan.Reload reload ->
          execution.reload(
              reload, planned.filter(state -> state.fingerprint().equals(plan.target())));
    };
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
    grip.close();
  }

  /** Beside Weir's own file in http: that of stream, and lists of pools. */
  private boolean isRestored(Path file) {
    return options.stream().filter(file::equals).isPresent()
        || parts.live().pools().balanced().keySet().stream()
            .anyMatch(
                pool -> parts.live().files().members(composition.carried(pool).as()).equals(file));
  }
}
