package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.Presence;
import dev.weir.model.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules for members that are present and whose check fails: one that refuses connections is
 * out; a time-out or a wrong answer is soft evidence, and the guard limits what it takes. The floor
 * is the resolver's to keep, as it knows what each proxy serves.
 */
final class CheckLosses {
  private final Draft draft;

  CheckLosses(Draft draft) {
    this.draft = draft;
  }

  /** Takes a new conclusion about a member whose sources name it. */
  void concluded(CatalogMember member, Health before) {
    switch (draft.health(member.id())) {
      case Health.Up ignored -> passed(member, before);
      case Health.Down down -> failed(member, before, down);
      case Health.Unknown ignored -> {
        // the check is new: what was known of the member stands until it has concluded
      }
    }
  }

  /** Lets go what the guard kept as far as its limits, by now, allow. */
  void review() {
    List<CatalogMember> kept =
        draft.members().stream()
            .filter(m -> m.presence() instanceof Presence.Kept)
            .sorted(Comparator.comparing(CheckLosses::keptSince).thenComparing(CatalogMember::id))
            .toList();
    for (CatalogMember member : kept) {
      if (forbidden(loss(0)).isPresent()) {
        return;
      }
      draft.put(member.with(new Presence.Present()));
      draft.lose(1);
    }
  }

  private void passed(CatalogMember member, Health before) {
    boolean arrived = member.standing() == Standing.ARRIVED;
    boolean returned =
        before instanceof Health.Down down
            && !down.refused()
            && !(member.presence() instanceof Presence.Kept);
    if ((arrived && !awaited(member.id())) || returned) {
      draft.regain(1);
    }
    CatalogMember proven = member.with(Standing.PROVEN);
    draft.put(
        member.presence() instanceof Presence.Kept ? proven.with(new Presence.Present()) : proven);
  }

  private void failed(CatalogMember member, Health before, Health.Down down) {
    if (!draft.hasCheck()) {
      if (!down.refused() && served(member, before)) {
        draft.lose(1); // the proxy has taken it out already, whatever the guard would say
      }
      return;
    }
    boolean kept = member.presence() instanceof Presence.Kept;
    if (down.refused()) {
      if (kept) {
        draft.put(member.with(new Presence.Present()));
      }
      return;
    }
    if (kept || !served(member, before)) {
      return;
    }
    Guard.Loss loss = loss(1);
    if (Guard.floorForbids(draft.policy(), loss).isPresent()) {
      return; // the resolver keeps all members that fail softly
    }
    Optional<String> limit = Guard.shareForbids(draft.policy(), loss);
    if (limit.isPresent()) {
      draft.put(member.with(new Presence.Kept(limit.get(), draft.now())));
    } else {
      draft.lose(1);
    }
  }

  private Optional<String> forbidden(Guard.Loss loss) {
    return Guard.forbids(draft.policy(), loss);
  }

  /**
   * @param missing how many of the members that would be lost do not count as ready any more
   */
  private Guard.Loss loss(int missing) {
    return new Guard.Loss(draft.readyCount() + missing, 1, 0, draft.lossesInWindow());
  }

  private boolean served(CatalogMember member, Health before) {
    boolean alive =
        switch (before) {
          case Health.Up ignored -> true;
          case Health.Unknown ignored -> member.standing() != Standing.ARRIVED;
          case Health.Down ignored -> false;
        };
    return alive
        && member.presence() instanceof Presence.Present
        && member.member().condition() == Condition.READY
        && !draft.sight.sidelined().test(member.member());
  }

  private boolean awaited(MemberId id) {
    return draft.members().stream().map(CatalogMember::presence).anyMatch(it -> awaits(it, id));
  }

  private static boolean awaits(Presence presence, MemberId id) {
    return switch (presence) {
      case Presence.Outgoing outgoing -> outgoing.relief().contains(id);
      case Presence.Held held -> !held.denied() && held.relief().contains(id);
      case Presence.Present ignored -> false;
      case Presence.Remembered ignored -> false;
      case Presence.Kept ignored -> false;
      case Presence.Leaving ignored -> false;
    };
  }

  private static Instant keptSince(CatalogMember member) {
    return ((Presence.Kept) member.presence()).since();
  }
}
