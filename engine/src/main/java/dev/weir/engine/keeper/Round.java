package dev.weir.engine.keeper;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one round of the keeper brings about, besides the state itself. */
final class Round {
  final Instant now;
  final List<Event> events = new ArrayList<>();
  final SortedSet<MemberId> looks = new TreeSet<>();
  final List<Ticket> tickets = new ArrayList<>();
  final List<PoolId> gone = new ArrayList<>();

  Round(Instant now) {
    this.now = now;
  }

  void tell(EventKind kind, Event.Subject subject, String message) {
    events.add(Event.of(now, kind, subject, message));
  }
}
