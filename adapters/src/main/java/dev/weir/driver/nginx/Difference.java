package dev.weir.driver.nginx;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.Endpoint;
import dev.weir.model.FileContent;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What stands between an nginx as it was found and the text and lists that it shall have. */
final class Difference {

  private final Rendered rendered;
  private final Observed observed;
  private final Path file;
  private final Function<PoolId, String> names;
  private final Optional<String> current;
  private final boolean written;
  private final List<Section> behind = new ArrayList<>();
  private final List<FileContent> lists = new ArrayList<>();
  private final Edited edited;

  /**
   * Where things are.
   *
   * @param file Weir's own
   * @param names of the pools' upstreams
   * @param lists of members
   */
  record Places(Path file, Function<PoolId, String> names, LiveFiles lists) {}

  /**
   * What is to be changed in files of the user's.
   *
   * @param pools that stand there
   * @param files that change
   */
  record Edited(Set<PoolId> pools, List<FileContent> files) {}

  Difference(Rendered rendered, Observed observed, Places places, Edited edited) {
    this.rendered = rendered;
    this.observed = observed;
    this.file = places.file();
    this.names = places.names();
    this.edited = edited;
    Map<Path, Optional<String>> texts = new HashMap<>();
    observed.files().forEach(found -> texts.put(found.file(), found.text()));
    this.current = texts.getOrDefault(file, Optional.empty());
    this.written = current.equals(Optional.of(rendered.text())) && edited.files().isEmpty();
    for (Section section : rendered.sections()) {
      section.list().ifPresent(list -> compare(section, list, places.lists(), texts));
    }
  }

  /** A list that was not looked at is taken as it should be. */
  private void compare(
      Section section, MemberList list, LiveFiles places, Map<Path, Optional<String>> texts) {
    Path place = places.members(list.upstream());
    Optional<String> found = texts.get(place);
    if (found != null && !found.equals(Optional.of(list.text()))) {
      behind.add(section);
      lists.add(new FileContent(place, list.text()));
    }
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

  /** Weir's own file first. */
  List<FileContent> files() {
    List<FileContent> files = new ArrayList<>();
    files.add(new FileContent(file, rendered.text()));
    files.addAll(edited.files());
    files.addAll(lists);
    return files;
  }

  List<MemberChange> changes() {
    List<MemberChange> changes = new ArrayList<>();
    for (Section section : behind) {
      ObservedPool pool = observed.pools().get(section.pool().id());
      changes.addAll(Changes.inPool(pool == null ? List.of() : pool.members(), section));
    }
    if (!written) {
      List<Section> others =
          rendered.sections().stream()
              .filter(s -> s.list().isEmpty() && !edited.pools().contains(s.pool().id()))
              .toList();
      changes.addAll(Changes.between(current.orElse(""), others, names));
      rendered.sections().stream()
          .filter(s -> edited.pools().contains(s.pool().id()))
          .forEach(s -> changes.addAll(Changes.inPool(known(s), s)));
    }
    return Changes.sorted(changes);
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
    if (current.isEmpty()) {
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
