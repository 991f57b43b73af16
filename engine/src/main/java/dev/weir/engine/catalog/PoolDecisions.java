package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.Presence;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceState;
import dev.weir.model.Standing;
import java.util.Map;
import java.util.Optional;

/** Folds into a pool's state what people decide, and what other pools claim. Pure functions. */
public final class PoolDecisions {

  private PoolDecisions() {}

  /** Another pool names an address; a hold on it ends here. */
  public static Folded claimed(PoolState state, MemberId id, PoolId by, Sight sight) {
    Draft draft = new Draft(state, sight);
    draft
        .find(id)
        .filter(member -> member.presence() instanceof Presence.Held)
        .ifPresent(member ->
            new Departures(draft).harden(member, "pool %s names its address now".formatted(by)));
    return draft.finish();
  }

  /** An operator accepts what the guard holds and keeps. */
  public static Folded released(PoolState state, String who, Sight sight) {
    Draft draft = new Draft(state, sight);
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Held) {
        new Departures(draft).letGo(member, "released by " + who);
      } else if (member.presence() instanceof Presence.Kept) {
        draft.put(member.with(new Presence.Present()));
      }
    }
    return draft.finish();
  }

  /** An operator wants held members to stay, however long their source is silent about them. */
  public static Folded denied(PoolState state, String who, Sight sight) {
    Draft draft = new Draft(state, sight);
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Held held) {
        draft.put(
            member.with(
                new Presence.Held(
                    "kept by " + who, held.since(), Optional.empty(), held.relief())));
        draft.tell(EventKind.MEMBER_HELD, member.id(), who + " says to keep it");
      }
    }
    return draft.finish();
  }

  /**
   * Takes a new definition of the pool; what is known stays. Members of sources that are configured
   * no more go when every required source that is configured now has reported.
   */
  public static Folded redefined(PoolState state, PoolDefinition definition, Sight sight) {
    Draft draft = new Draft(state, sight);
    draft.redefine(definition);
    for (PoolDefinition.SourceBinding binding : definition.sources()) {
      draft.sources().putIfAbsent(binding.name(), SourceState.unheard(binding.name()));
    }
    if (!draft.hasCheck()) {
      draft.members().forEach(member -> draft.put(unchecked(member)));
    }
    new Reports(draft)
        .apply(new Reports.Change(state.operatorList(), Absence.ENDED, Map.of(), false));
    new CheckLosses(draft).review();
    return draft.finish();
  }

  private static CatalogMember unchecked(CatalogMember member) {
    return switch (member.presence()) {
      case Presence.Remembered ignored -> member;
      case Presence.Kept ignored -> member.with(new Presence.Present()).with(Standing.PROVEN);
      case Presence.Present ignored -> member.with(Standing.PROVEN);
      case Presence.Outgoing ignored -> member.with(Standing.PROVEN);
      case Presence.Leaving ignored -> member.with(Standing.PROVEN);
      case Presence.Held ignored -> member.with(Standing.PROVEN);
    };
  }
}
