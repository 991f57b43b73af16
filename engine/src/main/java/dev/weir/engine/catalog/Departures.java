package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.Presence;
import dev.weir.model.Presence.Evidence;
import dev.weir.model.Standing;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules for members that their sources name no more: removal needs evidence. */
final class Departures {
  private final Draft draft;

  Departures(Draft draft) {
    this.draft = draft;
  }

  /** What the sources' silence about a member means. */
  enum Word {
    /** Merely missing from a report: soft. */
    MISSING,
    /** Not on its operator's list any more: hard, but it may serve until others have come. */
    UNLISTED,
    /** Known to have ended: hard. */
    ENDED;

    Evidence strength() {
      return this == MISSING ? Evidence.SOFT : Evidence.HARD;
    }
  }

  /**
   * A member that no source names any more.
   *
   * @param evidence for people
   */
  record Departure(CatalogMember member, Word word, String evidence) {}

  /**
   * Decides about members that left with one report.
   *
   * @param came members that came with the same report
   */
  void decide(List<Departure> gone, Set<MemberId> came) {
    Set<MemberId> relief = Set.copyOf(came.stream().filter(this::mayRelieve).toList());
    boolean awaited = relief.stream().anyMatch(this::unproven);
    List<Departure> soft = new ArrayList<>();
    for (Departure departure : gone) {
      CatalogMember member = departure.member();
      if (draft.dead(member)) {
        draft.remove(member.id(), departure.evidence() + ", and its check fails");
      } else if (neverServed(member)) {
        draft.remove(member.id(), departure.evidence() + ", and it never answered");
      } else if (awaited && departure.word() != Word.ENDED && draft.ready(member)) {
        waitForRelief(departure, relief);
      } else if (departure.word() != Word.MISSING) {
        leave(departure);
      } else {
        soft.add(departure);
      }
    }
    judge(soft, relief);
  }

  /** Ends the wait of members whose relief has answered, or whose grace is over. */
  void endWaits() {
    List<CatalogMember> waiting =
        draft.members().stream()
            .filter(m -> m.presence() instanceof Presence.Outgoing outgoing && over(outgoing))
            .toList();
    // members of one report wait for the same relief, and are judged together
    waiting.stream()
        .map(m -> ((Presence.Outgoing) m.presence()).relief())
        .distinct()
        .forEach(relief -> endWait(waiting, relief));
  }

  /** Members that came in a report make up for what the guard holds, once they have answered. */
  void relieveHolds(Set<MemberId> came) {
    List<MemberId> relief = came.stream().filter(this::mayRelieve).toList();
    if (relief.isEmpty()) {
      return;
    }
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Held held && !held.denied()) {
        Set<MemberId> all = new HashSet<>(held.relief());
        all.removeIf(id -> draft.find(id).isEmpty());
        all.addAll(relief);
        draft.put(member.with(new Presence.Held(held.reason(), held.since(), held.until(), all)));
      }
    }
  }

  /**
   * Lets go what the guard holds as soon as those that came meanwhile and answer make the loss one
   * that it allows; all of it together, as it was held, and not before the members that still wait
   * for somebody are judged. Those that came may have made up for others since, so the floor counts
   * whatever they make up for.
   */
  void reviewHolds() {
    Set<MemberId> relief = new HashSet<>();
    List<CatalogMember> held = new ArrayList<>();
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Held hold && !hold.denied()) {
        held.add(member);
        relief.addAll(hold.relief());
      } else if (member.presence() instanceof Presence.Outgoing) {
        return;
      }
    }
    Guard.Loss loss = loss((int) held.stream().filter(draft::ready).count(), relief);
    boolean enough = loss.readyAfter() >= draft.policy().floor();
    if (loss.relieved() > 0 && enough && Guard.forbids(draft.policy(), loss).isEmpty()) {
      held.forEach(member -> letGo(member, "missing from its source, and others have come for it"));
      draft.lose(loss.net());
    }
  }

  /** An operator, or the end of the longest hold, accepts that a held member is gone. */
  void letGo(CatalogMember member, String evidence) {
    leave(new Departure(member, Word.MISSING, evidence));
  }

  /** Removes a drained member whose grace is over. */
  void endDrain(CatalogMember member, Presence.Leaving leaving) {
    Duration grace = draft.policy().drain().grace();
    if (!leaving.since().plus(grace).isAfter(draft.now())) {
      draft.remove(
          member.id(), leaving.evidence() + "; was drained for " + Durations.format(grace));
    }
  }

  /** A hard word about a member that is already on its way out, or held. */
  void harden(CatalogMember member, String evidence) {
    if (member.presence() instanceof Presence.Leaving leaving) {
      if (leaving.strength() == Evidence.SOFT) {
        draft.put(member.with(new Presence.Leaving(Evidence.HARD, evidence, leaving.since())));
      }
    } else {
      leave(new Departure(member, Word.ENDED, evidence));
    }
  }

  private boolean over(Presence.Outgoing outgoing) {
    Instant end = outgoing.since().plus(draft.policy().drain().grace());
    return !end.isAfter(draft.now()) || outgoing.relief().stream().noneMatch(this::unproven);
  }

  private void endWait(List<CatalogMember> waiting, Set<MemberId> relief) {
    List<Departure> soft = new ArrayList<>();
    for (CatalogMember member : waiting) {
      if (member.presence() instanceof Presence.Outgoing outgoing
          && outgoing.relief().equals(relief)) {
        if (outgoing.strength() == Evidence.SOFT) {
          soft.add(new Departure(member, Word.MISSING, outgoing.evidence()));
        } else {
          leave(new Departure(member, Word.UNLISTED, outgoing.evidence()));
        }
      }
    }
    judge(soft, relief);
  }

  /** The guard's word about members that soft evidence alone would take, together. */
  private void judge(List<Departure> soft, Set<MemberId> relief) {
    List<Departure> serving = new ArrayList<>();
    for (Departure departure : soft) {
      Optional<PoolId> claim = claim(departure.member());
      if (claim.isPresent()) {
        String evidence = "pool %s names its address now".formatted(claim.get());
        leave(new Departure(departure.member(), Word.ENDED, evidence));
      } else if (draft.ready(departure.member())) {
        serving.add(departure);
      } else {
        leave(departure);
      }
    }
    Guard.Loss loss = loss(serving.size(), relief);
    Optional<String> forbidden = Guard.forbids(draft.policy(), loss);
    if (forbidden.isPresent() && !serving.isEmpty()) {
      hold(serving, forbidden.get(), relief);
    } else {
      serving.forEach(this::leave);
      spend(relief, serving.size());
      draft.lose(loss.net());
    }
  }

  /** Who has made up for one that left makes up for none that is held: the first so many. */
  private void spend(Set<MemberId> relief, int count) {
    Set<MemberId> spent =
        relief.stream()
            .filter(id -> draft.find(id).stream().anyMatch(draft::ready))
            .sorted()
            .limit(count)
            .collect(Collectors.toSet());
    if (spent.isEmpty()) {
      return;
    }
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Held held) {
        Set<MemberId> left = new HashSet<>(held.relief());
        left.removeAll(spent);
        draft.put(member.with(new Presence.Held(held.reason(), held.since(), held.until(), left)));
      }
    }
  }

  /** Of those that came only who has answered makes up for anything. */
  private Guard.Loss loss(int taken, Set<MemberId> relief) {
    List<CatalogMember> came =
        relief.stream().flatMap(id -> draft.find(id).stream()).filter(draft::ready).toList();
    int answering = (int) came.stream().filter(m -> m.standing() == Standing.PROVEN).count();
    return new Guard.Loss(
        draft.readyCount() - came.size(), taken, answering, draft.lossesInWindow());
  }

  private void hold(List<Departure> serving, String limit, Set<MemberId> relief) {
    Instant until = draft.now().plus(draft.policy().guard().maxHold());
    for (Departure departure : serving) {
      CatalogMember member = departure.member();
      draft.put(member.with(new Presence.Held(limit, draft.now(), Optional.of(until), relief)));
      draft.tell(EventKind.MEMBER_HELD, member.id(), departure.evidence() + ", but " + limit);
      draft.lookIfUnknown(member.id());
    }
    draft.tell(
        EventKind.GUARD_HELD,
        Event.Subject.of(draft.definition().id()),
        "holds %d members: going %s".formatted(serving.size(), limit));
  }

  private void waitForRelief(Departure departure, Set<MemberId> relief) {
    Presence.Evidence strength = departure.word().strength();
    draft.put(
        departure
            .member()
            .with(new Presence.Outgoing(strength, departure.evidence(), draft.now(), relief)));
  }

  private void leave(Departure departure) {
    CatalogMember member = departure.member();
    if (draft.policy().drain().grace().isZero()) {
      draft.remove(member.id(), departure.evidence());
      return;
    }
    draft.put(
        member.with(
            new Presence.Leaving(departure.word().strength(), departure.evidence(), draft.now())));
    draft.tell(
        EventKind.MEMBER_DRAINING,
        member.id(),
        "%s; drained for %s"
            .formatted(departure.evidence(), Durations.format(draft.policy().drain().grace())));
    draft.lookIfUnknown(member.id());
  }

  private Optional<PoolId> claim(CatalogMember member) {
    return draft
        .sight
        .claims()
        .claimedSince(member.member().address(), draft.before.joined(member.id()));
  }

  private boolean neverServed(CatalogMember member) {
    return draft.hasCheck()
        && member.standing() == Standing.ARRIVED
        && draft.health(member.id()) instanceof Health.Unknown;
  }

  private boolean mayRelieve(MemberId id) {
    return draft.find(id).stream()
        .anyMatch(m ->
            m.member().condition() == Condition.READY && !draft.sight.sidelined().test(m.member()));
  }

  /** Whether this member is still expected to answer for the first time. */
  private boolean unproven(MemberId id) {
    return draft.hasCheck()
        && draft.find(id).stream()
            .anyMatch(
                m -> m.standing() != Standing.PROVEN && m.presence() instanceof Presence.Present);
  }
}
