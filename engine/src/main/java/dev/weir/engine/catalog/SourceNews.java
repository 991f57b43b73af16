package dev.weir.engine.catalog;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Member;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceState;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the sources themselves, and what is told when one is lost, stale or back. */
final class SourceNews {
  private final Draft draft;

  SourceNews(Draft draft) {
    this.draft = draft;
  }

  /** The source looked. */
  void looked(SourceName name, SourceReport.Complete report) {
    SourceState former = former(name);
    former
        .failure()
        .ifPresent(failure -> {
          Duration away = Duration.between(failure.since(), draft.now());
          draft.tell(
              EventKind.SOURCE_BACK,
              Event.Subject.of(name),
              "back after %s".formatted(Durations.format(away.truncatedTo(ChronoUnit.SECONDS))));
        });
    draft.stale().remove(name);
    List<Member> before = former.lastGood().map(SourceState.LastGood::members).orElse(List.of());
    SourceState.LastGood good =
        new SourceState.LastGood(
            familiar(before, report.members()), draft.now(), false, Map.of(), report.remarks());
    draft.sources().put(name, new SourceState(name, Optional.of(good), Optional.empty()));
  }

  /**
   * The members now, but those that are what they were as the instances of before: all that
   * compares them from here on sees at a glance that they are the same.
   *
   * @param before sorted by identity, like {@code now}
   */
  private static List<Member> familiar(List<Member> before, List<Member> now) {
    List<Member> familiar = new ArrayList<>(now.size());
    int at = 0;
    for (Member member : now) {
      while (at < before.size() && before.get(at).compareTo(member) < 0) {
        at++;
      }
      boolean same = at < before.size() && before.get(at).equals(member);
      familiar.add(same ? before.get(at) : member);
    }
    return familiar;
  }

  /** The source could not look: nothing is said about its members. */
  void failed(SourceName name, String reason) {
    SourceState former = former(name);
    if (former.failure().isEmpty()) {
      String kept =
          former
              .lastGood()
              .map(good -> "keeping its last %d members".formatted(good.members().size()))
              .orElse("nothing known from it yet");
      draft.tell(EventKind.SOURCE_LOST, Event.Subject.of(name), reason + "; " + kept);
    }
    SourceState.Failure failure =
        new SourceState.Failure(
            reason, former.failure().map(SourceState.Failure::since).orElse(draft.now()));
    draft.sources().put(name, new SourceState(name, former.lastGood(), Optional.of(failure)));
  }

  /** Tells of each source that has been lost for long, once. */
  void tellStale() {
    for (SourceState source : draft.sources().values()) {
      source
          .failure()
          .filter(f -> !f.since().plus(Deadlines.STALE_AFTER).isAfter(draft.now()))
          .filter(ignored -> draft.stale().add(source.name()))
          .ifPresent(failure ->
              draft.tell(
                  EventKind.SOURCE_STALE,
                  Event.Subject.of(source.name()),
                  "could not look for %s: %s"
                      .formatted(Durations.format(Deadlines.STALE_AFTER), failure.reason())));
    }
  }

  private SourceState former(SourceName name) {
    return draft.sources().getOrDefault(name, SourceState.unheard(name));
  }
}
