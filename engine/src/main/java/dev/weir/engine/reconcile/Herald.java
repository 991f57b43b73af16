package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ReloadThrottle.Deferral;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells the journal what becomes of one proxy: every state applied, every other transition once.
 * Used by one thread.
 */
final class Herald {
  private final ProxyName proxy;
  private final Time time;
  private final Consumer<Event> events;
  private Optional<Outcome> lastTrouble = Optional.empty();
  private String lastWish = "";
  private String lastTolerated = "";
  private SortedMap<PoolId, String> frozen = Collections.emptySortedMap();
  private List<Path> foreign = List.of();
  private boolean lost;

  /** What a reload waits for. */
  private Optional<ReloadThrottle.Cause> waiting = Optional.empty();

  Herald(ProxyName proxy, Time time, Consumer<Event> events) {
    this.proxy = proxy;
    this.time = time;
    this.events = events;
  }

  /** Whether the proxy was not there, or not to be asked, when it was last looked at. */
  boolean lost() {
    return lost;
  }

  void condition(Condition condition) {
    Optional<String> reason =
        switch (condition) {
          case Condition.Running ignored -> Optional.empty();
          case Condition.NotRunning stopped -> Optional.of("does not run: " + stopped.reason());
          case Condition.Unreachable silent -> Optional.of("cannot be asked: " + silent.reason());
        };
    if (reason.isPresent() && !lost) {
      tell(EventKind.PROXY_LOST, Event.Subject.of(proxy), reason.get());
    } else if (reason.isEmpty() && lost) {
      tell(EventKind.PROXY_BACK, Event.Subject.of(proxy), "runs again");
    }
    lost = reason.isPresent();
  }

  void drifted(Plan plan, ReconcileMeters.Drift kind) {
    String what =
        switch (kind) {
          case STATE, MEMBER -> Wording.changes(plan.changes());
          case FILE -> "its files, or the text around the members";
        };
    tell(
        EventKind.PROXY_DRIFTED,
        subject(plan.changes()),
        "was changed by somebody else and is put right: " + what);
  }

  /** It differs and is left; told once for each difference. */
  void tolerated(Plan plan, ReconcileMeters meters) {
    String what = Wording.plan(plan);
    if (!what.equals(lastTolerated)) {
      lastTolerated = what;
      var _ = meters.drifted(plan);
      tell(
          EventKind.PROXY_DRIFTED,
          subject(plan.changes()),
          "was changed by somebody else and is left, as configured; would be put right by: "
              + what);
    }
  }

  void applied(Plan plan, Revision revision) {
    lastTrouble = Optional.empty();
    String text =
        "revision %d, %s, in %s: %s"
            .formatted(
                revision.number(),
                Wording.way(revision.way()),
                Wording.took(revision.took()),
                Wording.changes(plan.changes()));
    events.accept(
        Event.of(time.now(), EventKind.APPLY_DONE, subject(plan.changes()), text)
            .inGeneration(revision.desired().generation()));
  }

  /** What needed no reload, while one waits for the rest. */
  void appliedPart(List<MemberChange> part, String waits, Duration took) {
    lastTrouble = Optional.empty();
    String text =
        "without a reload, in %s: %s; the rest waits %s"
            .formatted(Wording.took(took), Wording.changes(part), waits);
    tell(EventKind.APPLY_DONE, subject(part), text);
  }

  /** It is only looked at; told once for each thing that would be done. */
  void wouldApply(Sync.WouldApply would) {
    if (!would.text().equals(lastWish)) {
      lastWish = would.text();
      tell(
          EventKind.WOULD_APPLY,
          subject(would.plan().changes()),
          "%s; is %s".formatted(would.text(), would.why()));
    }
  }

  /** The pools that the proxy refuses now. */
  void frozen(SortedMap<PoolId, String> now) {
    now.forEach((pool, words) -> {
      if (!words.equals(frozen.get(pool))) {
        String text = "stays as it was, the proxy refuses its new form: " + words;
        tell(EventKind.POOL_FROZEN, Event.Subject.of(pool).at(proxy), text);
      }
    });
    frozen.keySet().stream()
        .filter(pool -> !now.containsKey(pool))
        .forEach(pool ->
            tell(EventKind.POOL_THAWED, Event.Subject.of(pool).at(proxy), "is kept in step again"));
    frozen = now;
  }

  /** Files of the proxy's own that it has not read since they changed. */
  void foreignChanges(List<Path> now) {
    if (!now.isEmpty() && !now.equals(foreign)) {
      String files = now.stream().map(Path::toString).collect(Collectors.joining(", "));
      String text = "changed since the proxy read them, its next reload takes them in: " + files;
      tell(EventKind.PROXY_FOREIGN_CHANGE, Event.Subject.of(proxy), text);
    }
    foreign = List.copyOf(now);
  }

  /**
   * A reload waits; told once for each cause, but not of the usual distance.
   *
   * @return whether it is news
   */
  boolean deferred(Deferral deferral) {
    Optional<ReloadThrottle.Cause> cause = Optional.of(deferral.cause());
    boolean distance = deferral.cause() == ReloadThrottle.Cause.DISTANCE;
    boolean news = distance || !cause.equals(waiting);
    if (news && !distance) {
      tell(EventKind.RELOAD_DEFERRED, Event.Subject.of(proxy), deferral.reason());
    }
    waiting = cause;
    return news;
  }

  /** A reload waits no more. */
  void reloads() {
    waiting = Optional.empty();
  }

  /** It was found in step without anything to do. */
  void inSync() {
    waiting = Optional.empty();
    lastWish = "";
    lastTolerated = "";
    lastTrouble = Optional.empty();
  }

  void trouble(Outcome outcome) {
    switch (outcome) {
      case Outcome.Applied ignored -> lastTrouble = Optional.empty();
      case Outcome.Rejected rejected -> tellOnce(EventKind.APPLY_REJECTED, rejected);
      case Outcome.Failed failed -> tellOnce(EventKind.APPLY_FAILED, failed);
    }
  }

  /** Once for trouble of one kind, however its wording varies; a refusal also for a new message. */
  private void tellOnce(EventKind kind, Outcome outcome) {
    boolean known =
        switch (outcome) {
          case Outcome.Failed ignored ->
              lastTrouble.filter(Outcome.Failed.class::isInstance).isPresent();
          case Outcome.Rejected rejected -> lastTrouble.equals(Optional.of(rejected));
          case Outcome.Applied ignored -> true;
        };
    if (!known) {
      tell(kind, Event.Subject.of(proxy), Wording.outcome(outcome));
    }
    lastTrouble = Optional.of(outcome);
  }

  private Event.Subject subject(List<MemberChange> changes) {
    List<PoolId> pools = changes.stream().map(MemberChange::pool).distinct().toList();
    return pools.size() == 1
        ? Event.Subject.of(pools.getFirst()).at(proxy)
        : Event.Subject.of(proxy);
  }

  private void tell(EventKind kind, Event.Subject subject, String message) {
    events.accept(Event.of(time.now(), kind, subject, message));
  }
}
