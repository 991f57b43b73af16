package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ReconcileMeters.DrainEnd;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredState;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.spi.Drain;
import dev.weir.spi.Durations;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Tells journal and meters how the drains of one proxy end, each once, by comparing what the driver
 * says now with what it said before. Used by one thread.
 */
final class DrainNews {
  private final Proxy proxy;
  private final Time time;
  private final Consumer<Event> events;
  private Map<Key, Going> running = Map.of();

  private record Key(PoolId pool, String server) {}

  /**
   * A drain that went on when it was last looked at.
   *
   * @param member absent where the server was no member any more when the drain was first seen
   */
  private record Going(Drain drain, Optional<MemberId> member) {}

  DrainNews(Proxy proxy, Time time, Consumer<Event> events) {
    this.proxy = proxy;
    this.time = time;
    this.events = events;
  }

  /** Takes what the driver says now. */
  void take(List<Drain> now, Optional<DesiredState> desired) {
    Map<Key, Going> going = new HashMap<>();
    Map<Key, Going> left = new HashMap<>(running);
    for (Drain drain : now) {
      Key key = new Key(drain.pool(), drain.server());
      Going before = left.remove(key);
      if (drain.running()) {
        Optional<MemberId> member = before == null ? member(desired, key) : before.member();
        going.put(key, new Going(drain, member));
      } else if (before != null) {
        ended(drain, before);
      }
    }
    left.values().forEach(one -> meter(DrainEnd.CANCELLED, one.drain().lasted()));
    running = Map.copyOf(going);
  }

  private void ended(Drain drain, Going before) {
    String what = "%s is drained in %s".formatted(drain.server(), proxy.name());
    String took = Durations.format(Duration.ofMillis(drain.lasted().toMillis()));
    switch (drain.phase()) {
      case EMPTY -> {
        meter(DrainEnd.EMPTY, drain.lasted());
        tell(
            EventKind.MEMBER_DRAINED,
            before,
            "%s: its last connection has ended, after %s".formatted(what, took));
      }
      case CUT -> {
        meter(DrainEnd.DEADLINE, drain.lasted());
        tell(
            EventKind.DRAIN_TIMED_OUT,
            before,
            "%s: the deadline has ended %s, after %s"
                .formatted(what, connections(drain.connections()), took));
      }
      case RUNNING -> throw new IllegalArgumentException("a drain that goes on: " + drain);
    }
  }

  private static String connections(OptionalInt count) {
    return count.isEmpty()
        ? "what was left"
        : count.getAsInt() + (count.getAsInt() == 1 ? " connection" : " connections");
  }

  private void meter(DrainEnd end, Duration lasted) {
    proxy.meters().drains(end).add(lasted);
  }

  private void tell(EventKind kind, Going one, String message) {
    Event.Subject subject =
        one.member()
            .map(Event.Subject::of)
            .orElseGet(() -> Event.Subject.of(one.drain().pool()))
            .at(proxy.name());
    events.accept(Event.of(time.now(), kind, subject, message));
  }

  private static Optional<MemberId> member(Optional<DesiredState> desired, Key key) {
    return desired
        .flatMap(state -> state.pool(key.pool()))
        .flatMap(pool ->
            pool.members().stream()
                .filter(member -> member.name().equals(key.server()))
                .map(DesiredMember::id)
                .findFirst());
  }
}
