package dev.weir.engine.catalog;

import dev.weir.engine.catalog.Departures.Departure;
import dev.weir.engine.catalog.Departures.Word;
import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceState;
import dev.weir.model.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a pool's members in line with what its sources name together. */
final class Reports {
  private final Draft draft;
  private final Departures departures;

  Reports(Draft draft) {
    this.draft = draft;
    this.departures = new Departures(draft);
  }

  /**
   * What the news means for members that no source names any more.
   *
   * @param teller the source that has just spoken
   * @param absence what its silence means
   * @param ended members known to have ended, with how
   * @param first whether it had not spoken before in this run, so that what it names may have been
   *     there all the time
   */
  record Change(SourceName teller, Absence absence, Map<MemberId, String> ended, boolean first) {}

  void apply(Change change) {
    Set<SourceName> dropped = dropFormerSources();
    Map<MemberId, Union.Named> named = Union.of(precedence(), draft.sources(), draft.now());
    Set<MemberId> came = new HashSet<>();
    for (Union.Named one : named.values()) {
      CatalogMember known = draft.find(one.member().id()).orElse(null);
      if (known == null) {
        came.add(one.member().id());
        join(one, change);
      } else {
        update(known, one);
      }
      tellConflict(one);
    }
    List<Departure> gone = new ArrayList<>();
    for (CatalogMember member : draft.members()) {
      if (!named.containsKey(member.id())) {
        absent(member, change, dropped, gone);
      }
    }
    if (gone.isEmpty() && !draft.holds()) {
      draft.regain((int) came.stream().filter(this::readyNow).count());
    }
    departures.decide(gone, came);
    departures.relieveHolds(came);
  }

  private boolean readyNow(MemberId id) {
    return draft.find(id).stream().anyMatch(draft::ready);
  }

  /** Sources that are configured no more count until all that replace them have reported. */
  private Set<SourceName> dropFormerSources() {
    boolean settled =
        draft.definition().sources().stream()
            .filter(SourceBinding::required)
            .allMatch(binding -> heard(binding.name()));
    Set<SourceName> former = new HashSet<>(draft.sources().keySet());
    draft.definition().sources().forEach(binding -> former.remove(binding.name()));
    former.remove(draft.before.operatorList());
    if (!settled) {
      return Set.of();
    }
    former.forEach(name -> draft.sources().remove(name));
    former.forEach(name -> draft.stale().remove(name));
    return former;
  }

  private boolean heard(SourceName name) {
    SourceState source = draft.sources().get(name);
    return source != null && source.heard();
  }

  private SequencedSet<SourceName> precedence() {
    SequencedSet<SourceName> order = new LinkedHashSet<>();
    draft.definition().sources().forEach(binding -> order.add(binding.name()));
    draft.sources().keySet().stream().sorted().forEach(order::add);
    order.addLast(draft.before.operatorList());
    return order;
  }

  private void join(Union.Named named, Change change) {
    Standing standing = change.first() ? Standing.KNOWN : Standing.ARRIVED;
    Presence presence = presence(named);
    if (!draft.hasCheck() && presence instanceof Presence.Present) {
      standing = Standing.PROVEN;
    }
    CatalogMember member = new CatalogMember(named.member(), presence, standing, named.sources());
    draft.join(member, "named by " + change.teller());
    if (!change.first()) {
      draft.joinedLater(member.id());
    }
    if (named.member().condition() == Condition.DRAINING) {
      tellDraining(member);
    }
  }

  private void update(CatalogMember known, Union.Named named) {
    CatalogMember updated =
        new CatalogMember(named.member(), known.presence(), known.standing(), named.sources());
    if (known.member().condition() == Condition.READY
        && named.member().condition() == Condition.DRAINING) {
      tellDraining(known);
    }
    switch (known.presence()) {
      case Presence.Present ignored -> draft.put(updated);
      case Presence.Kept ignored -> draft.put(updated);
      case Presence.Remembered ignored -> draft.put(confirmed(updated, named));
      case Presence.Outgoing ignored -> draft.put(confirmed(updated, named));
      case Presence.Held ignored -> draft.put(confirmed(updated, named));
      case Presence.Leaving leaving -> {
        if (leaving.strength() == Presence.Evidence.SOFT) {
          draft.regain(1);
        }
        draft.join(confirmed(updated, named), "named again");
      }
    }
  }

  private CatalogMember confirmed(CatalogMember updated, Union.Named named) {
    CatalogMember present = updated.with(presence(named));
    boolean believed = present.presence() instanceof Presence.Present;
    return believed && !draft.hasCheck() ? present.with(Standing.PROVEN) : present;
  }

  private void absent(
      CatalogMember member, Change change, Set<SourceName> dropped, List<Departure> gone) {
    String ended = change.ended().get(member.id());
    switch (member.presence()) {
      case Presence.Present ignored -> gone.add(departure(member, change, dropped, ended));
      case Presence.Remembered ignored -> gone.add(departure(member, change, dropped, ended));
      case Presence.Kept ignored -> gone.add(departure(member, change, dropped, ended));
      case Presence.Outgoing ignored -> harden(member, change, ended);
      case Presence.Held ignored -> harden(member, change, ended);
      case Presence.Leaving ignored -> harden(member, change, ended);
    }
  }

  private void harden(CatalogMember member, Change change, @Nullable String ended) {
    if (ended != null) {
      departures.harden(member, change.teller() + ": " + ended);
    }
  }

  private static Departure departure(
      CatalogMember member, Change change, Set<SourceName> dropped, @Nullable String ended) {
    if (ended != null) {
      return new Departure(member, Word.ENDED, change.teller() + ": " + ended);
    }
    if (!member.sources().isEmpty() && dropped.containsAll(member.sources())) {
      return new Departure(
          member,
          Word.UNLISTED,
          "its source %s is configured no more".formatted(member.sources().getFirst()));
    }
    return switch (change.absence()) {
      case MISSING -> new Departure(member, Word.MISSING, "missing from " + change.teller());
      case ENDED -> new Departure(member, Word.UNLISTED, "not in " + change.teller() + " any more");
    };
  }

  private static Presence presence(Union.Named named) {
    return named
        .remembered()
        .<Presence>map(Presence.Remembered::new)
        .orElseGet(Presence.Present::new);
  }

  private void tellDraining(CatalogMember member) {
    draft.tell(EventKind.MEMBER_DRAINING, member.id(), "its source says that it is draining");
  }

  private void tellConflict(Union.Named named) {
    MemberId id = named.member().id();
    Union.Differing differing = named.differing().orElse(null);
    if (differing == null || differing.source().equals(draft.before.operatorList())) {
      draft.endConflict(id);
      return;
    }
    draft.tellConflictOnce(
        id,
        "weight %d from %s is used, %s says %d"
            .formatted(
                named.member().weight(),
                named.sources().getFirst(),
                differing.source(),
                differing.weight()));
  }
}
