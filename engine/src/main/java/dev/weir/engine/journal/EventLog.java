package dev.weir.engine.journal;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes each event as one line of the log: what happened as text, to what as keys and values. */
final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.events");

  private EventLog() {}

  static void write(Event event) {
    LoggingEventBuilder line =
        LOG.atLevel(level(event.kind())).addKeyValue("event", event.kind().wire());
    event.subject().pool().ifPresent(pool -> line.addKeyValue("pool", pool));
    event.subject().member().ifPresent(member -> line.addKeyValue("member", member.address()));
    event.subject().proxy().ifPresent(proxy -> line.addKeyValue("proxy", proxy));
    event.subject().source().ifPresent(source -> line.addKeyValue("source", source));
    event.generation().ifPresent(number -> line.addKeyValue("generation", number));
    event.by().ifPresent(who -> line.addKeyValue("by", oneLine(who)));
    line.log(oneLine(event.message()));
  }

  /** How loud a kind of event is: warnings want to be looked at, errors want somebody now. */
  static Level level(EventKind kind) {
    return switch (kind) {
      case POOL_EMPTY, APPLY_REJECTED, PROXY_LOST, CONFIG_REJECTED, CHECKS_SUSPECT -> Level.ERROR;
      case MEMBER_DOWN,
          MEMBER_HELD,
          MEMBER_KEPT,
          GUARD_HELD,
          SOURCE_LOST,
          SOURCE_STALE,
          APPLY_FAILED,
          RELOAD_DEFERRED,
          PROXY_DRIFTED ->
          Level.WARN;
      case MEMBER_JOINED,
          MEMBER_LEFT,
          MEMBER_UP,
          MEMBER_DRAINING,
          MEMBER_DRAINED,
          POOL_ADDED,
          POOL_GONE,
          POOL_FILLED,
          OVERRIDE_SET,
          OVERRIDE_CLEARED,
          OVERRIDE_EXPIRED,
          GUARD_RELEASED,
          SOURCE_BACK,
          APPLY_DONE,
          PROXY_BACK,
          CONFIG_RELOADED,
          CHECKS_TRUSTED,
          WEIR_STARTED,
          WEIR_STOPPED ->
          Level.INFO;
    };
  }

  private static String oneLine(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cntrl}+", " ")
        : text;
  }
}
