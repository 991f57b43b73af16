package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceState;
import dev.weir.model.Standing;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds news into a pool's state: pure functions from a state and what came to the next state and
 * what to tell. Removal needs evidence; the rules are {@link Departures} for members that sources
 * name no more, {@link CheckLosses} for members whose check fails, and {@link Guard} for both.
 */
public final class PoolFold {

  private PoolFold() {}

  /**
   * A pool before any news; nothing is told of members that are known from disk.
   *
   * @param disk the last good reports of its sources as a former run left them
   */
  public static Folded start(
      PoolDefinition definition, Map<SourceName, SourceState.LastGood> disk, Instant now) {
    Map<SourceName, SourceState> sources = new HashMap<>();
    for (PoolDefinition.SourceBinding binding : definition.sources()) {
      SourceName name = binding.name();
      sources.put(
          name, new SourceState(name, Optional.ofNullable(disk.get(name)), Optional.empty()));
    }
    PoolState empty =
        new PoolState(new CatalogPool(definition, List.of()), sources, PoolState.Memory.EMPTY);
    Draft draft = new Draft(empty, Sight.at(now));
    new Reports(draft)
        .apply(new Reports.Change(empty.operatorList(), Absence.ENDED, Map.of(), true));
    Folded folded = draft.finish();
    return new Folded(folded.state(), List.of(), folded.looks(), folded.joined());
  }

  /** Takes a source's report. */
  public static Folded report(
      PoolState state, SourceName source, SourceReport report, Sight sight) {
    return switch (report) {
      case SourceReport.Unavailable unavailable -> {
        Draft draft = new Draft(state, sight);
        new SourceNews(draft).failed(source, unavailable.reason());
        yield draft.finish();
      }
      case Complete complete -> complete(state, source, complete, sight);
    };
  }

  /**
   * A check has come to a new conclusion, which the sight shows already.
   *
   * @param before what was concluded before
   */
  public record Conclusion(MemberId id, Health before) {}

  /**
   * Takes new conclusions of the check, one after the other.
   *
   * @param conclusions of different members
   */
  public static Folded concluded(PoolState state, List<Conclusion> conclusions, Sight sight) {
    Draft draft = new Draft(state, sight);
    conclusions.forEach(conclusion -> draft.foresee(conclusion.id(), conclusion.before()));
    for (Conclusion conclusion : conclusions) {
      draft.see(conclusion.id());
      draft.find(conclusion.id()).ifPresent(member -> concluded(draft, member, conclusion));
      new Departures(draft).endWaits();
    }
    new Departures(draft).reviewHolds();
    new CheckLosses(draft).review();
    return draft.finish();
  }

  private static void concluded(Draft draft, CatalogMember member, Conclusion conclusion) {
    if (!gone(member)) {
      new CheckLosses(draft).concluded(member, conclusion.before());
    } else if (draft.health(member.id()) instanceof Health.Down down) {
      draft.remove(member.id(), "gone, and its check fails: " + down.last().detail());
    } else {
      draft.put(member.with(Standing.PROVEN));
    }
  }

  /** Takes the answer to a look at a member of a pool without a check. */
  public static Folded looked(PoolState state, MemberId id, ProbeResult result, Sight sight) {
    CatalogMember member = state.find(id).orElse(null);
    if (member == null) {
      return Folded.unchanged(state);
    }
    Draft draft = new Draft(state, sight);
    if (result.passed()) {
      draft.put(member.with(Standing.PROVEN));
    } else if (gone(member)) {
      draft.remove(id, "gone, and does not answer: " + result.detail());
    }
    return draft.finish();
  }

  /** Does what is due by time alone. */
  public static Folded tick(PoolState state, Sight sight) {
    Draft draft = new Draft(state, sight);
    Departures departures = new Departures(draft);
    departures.endWaits();
    for (CatalogMember member : draft.members()) {
      if (member.presence() instanceof Presence.Leaving leaving) {
        departures.endDrain(member, leaving);
      } else if (member.presence() instanceof Presence.Held held
          && held.until().filter(until -> !until.isAfter(sight.now())).isPresent()) {
        departures.letGo(member, "held for " + since(held.since(), sight.now()));
      }
    }
    new SourceNews(draft).tellStale();
    new CheckLosses(draft).review();
    return draft.finish();
  }

  private static Folded complete(PoolState state, SourceName source, Complete report, Sight sight) {
    Draft draft = new Draft(state, sight);
    boolean first = !heard(state, source);
    boolean news = first || tellsAnythingNew(state, source, report);
    new SourceNews(draft).looked(source, report);
    if (news) {
      new Reports(draft).apply(new Reports.Change(source, report.absence(), report.ended(), first));
      new Departures(draft).endWaits();
      new Departures(draft).reviewHolds();
      new CheckLosses(draft).review();
    }
    return draft.finish();
  }

  private static boolean heard(PoolState state, SourceName source) {
    SourceState known = state.sources().get(source);
    return known != null && known.heard();
  }

  private static boolean tellsAnythingNew(PoolState state, SourceName source, Complete report) {
    SourceState known = state.sources().get(source);
    boolean sameMembers =
        known != null
            && known.lastGood().filter(good -> good.members().equals(report.members())).isPresent();
    return !sameMembers
        || report.ended().keySet().stream()
            .anyMatch(id -> state.find(id).filter(PoolFold::gone).isPresent());
  }

  /** Whether no source names the member any more. */
  private static boolean gone(CatalogMember member) {
    return switch (member.presence()) {
      case Presence.Present ignored -> false;
      case Presence.Remembered ignored -> false;
      case Presence.Kept ignored -> false;
      case Presence.Outgoing ignored -> true;
      case Presence.Leaving ignored -> true;
      case Presence.Held ignored -> true;
    };
  }

  private static String since(Instant then, Instant now) {
    return Durations.format(Duration.between(then, now).truncatedTo(ChronoUnit.SECONDS));
  }
}
