package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Composition.Made;
import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands between an nginx as it was found and the texts and lists that it shall have. */
final class Difference {

  private final Rendered rendered;
  private final Observed observed;
  private final Places places;
  private final Made made;
  private final Map<Path, Optional<String>> texts = new HashMap<>();
  private final List<FileContent> own = new ArrayList<>();
  private final boolean written;
  private final List<Section> behind = new ArrayList<>();

  /** Of those the ones whose upstream the running balancer has. */
  private final List<Section> known = new ArrayList<>();

  private final List<FileContent> lists = new ArrayList<>();

  /**
   * Where things are.
   *
   * @param pools how they are carried
   * @param lists of members
   */
  record Places(NginxOptions options, Composition pools, LiveFiles lists) {

    String upstream(PoolId pool) {
      return pools.carried(pool).as();
    }

    Path file(Section section) {
      return pools.file(pools.carried(section.pool().id()));
    }
  }

  Difference(Made made, Observed observed, Places places) {
    this.made = made;
    this.rendered = made.rendered();
    this.observed = observed;
    this.places = places;
    observed.files().forEach(found -> texts.put(found.file(), found.text()));
    own.add(new FileContent(places.options().upstreams(), rendered.text()));
    places.options().stream()
        .ifPresent(file -> own.add(new FileContent(file, rendered.stream().orElse(""))));
    this.written =
        made.edited().isEmpty()
            && own.stream().allMatch(file -> current(file.file()).equals(Optional.of(file.text())));
    for (Section section : rendered.sections()) {
      section.list().ifPresent(list -> compare(section, list));
    }
  }

  /** A list that was not looked at is taken as it should be. */
  private void compare(Section section, MemberList list) {
    Path place = places.lists().members(list.upstream());
    Optional<String> found = texts.get(place);
    if (found != null && !found.equals(Optional.of(list.text()))) {
      behind.add(section);
      if (found.isPresent()) {
        known.add(section);
      }
      lists.add(new FileContent(place, list.text()));
    }
  }

  private Optional<String> current(Path file) {
    return texts.getOrDefault(file, Optional.empty());
  }

  boolean none() {
    return lists.isEmpty() && written && (stopped() || loaded());
  }

  /** Whether the running nginx needs no reload. */
  boolean onlyLists() {
    return written && loaded() && observed.running();
  }

  List<FileContent> lists() {
    return lists;
  }

  /** What of it the running nginx takes without a reload. */
  Plan withoutReload(Fingerprint target) {
    if (known.isEmpty() || !observed.running() || observed.loaded().isEmpty()) {
      return new Plan.InSync(target);
    }
    List<FileContent> sendable = lists.stream().filter(this::isKnown).toList();
    return new Plan.Live(target, Changes.sorted(inLists(known)), List.of(), sendable);
  }

  private boolean isKnown(FileContent list) {
    return texts.getOrDefault(list.file(), Optional.empty()).isPresent();
  }

  private List<MemberChange> inLists(List<Section> sections) {
    List<MemberChange> changes = new ArrayList<>();
    for (Section section : sections) {
      ObservedPool pool = observed.pools().get(section.pool().id());
      changes.addAll(Changes.inPool(pool == null ? List.of() : pool.members(), section));
    }
    return changes;
  }

  /** Weir's own files first. */
  List<FileContent> files() {
    List<FileContent> files = new ArrayList<>(own);
    files.addAll(made.edited());
    files.addAll(lists);
    return files;
  }

  List<MemberChange> changes() {
    List<MemberChange> changes = inLists(behind);
    if (!written) {
      for (FileContent file : own) {
        changes.addAll(
            Changes.between(current(file.file()).orElse(""), in(file.file()), places::upstream));
      }
      rendered.sections().stream()
          .filter(s -> made.moving().contains(s.pool().id()))
          .forEach(s -> changes.addAll(Changes.inPool(known(s), s)));
    }
    return Changes.sorted(changes);
  }

  /** The sections whose members stand in a file of Weir's. */
  private List<Section> in(Path file) {
    return rendered.sections().stream()
        .filter(s -> s.list().isEmpty() && !s.text().isEmpty() && places.file(s).equals(file))
        .toList();
  }

  /** The members as they are; one that Weir knows has its name, not that of its address. */
  private List<ObservedMember> known(Section section) {
    Map<Endpoint, String> known = new HashMap<>();
    section.servers().forEach(s -> known.put(s.member().endpoint(), s.name()));
    ObservedPool pool = observed.pools().get(section.pool().id());
    return pool == null
        ? section.servers().stream().map(CarriedServer::observed).toList()
        : pool.members().stream().map(found -> named(found, known)).toList();
  }

  private static ObservedMember named(ObservedMember found, Map<Endpoint, String> names) {
    return new ObservedMember(
        names.getOrDefault(found.endpoint(), found.name()),
        found.endpoint(),
        found.state(),
        found.weight(),
        found.backup());
  }

  String reason() {
    if (stopped()) {
      return "nginx does not run: its file is made ready for its start";
    }
    if (own.stream().anyMatch(file -> current(file.file()).isEmpty())) {
      return "nginx does not have Weir's file yet";
    }
    return written
        ? "nginx does not run what Weir's file has to say"
        : "nginx takes what changes by a reload only";
  }

  private boolean stopped() {
    return observed.condition() instanceof Condition.NotRunning;
  }

  private boolean loaded() {
    return observed.loaded().equals(Optional.of(rendered.fingerprint()));
  }
}
