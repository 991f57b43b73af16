package dev.weir.engine.journal;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import java.util.Optional;
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
    with(line, "pool", event.subject().pool());
    with(line, "member", event.subject().member().map(MemberId::address));
    with(line, "proxy", event.subject().proxy());
    with(line, "source", event.subject().source());
    with(line, "generation", event.generation().stream().boxed().findFirst());
    with(line, "by", event.by().map(EventLog::oneLine));
    with(line, "request_id", event.audit().requestId().map(EventLog::oneLine));
    line.log(oneLine(event.message()));
  }

  /** How loud a kind of event is: warnings want to be looked at, errors want somebody now. */
  static Level level(EventKind kind) {
    return switch (kind) {
      case POOL_EMPTY, POOL_FROZEN, APPLY_REJECTED, PROXY_LOST, CONFIG_REJECTED, CHECKS_SUSPECT ->
          Level.ERROR;
      case MEMBER_DOWN,
          MEMBER_HELD,
          MEMBER_KEPT,
          MEMBER_DIFFERS,
          DRAIN_TIMED_OUT,
          GUARD_HELD,
          SOURCE_LOST,
          SOURCE_STALE,
          APPLY_FAILED,
          RELOAD_DEFERRED,
          PROXY_CONTESTED,
          PROXY_PAUSED,
          OVERRIDE_EXPIRING,
          PROXY_FOREIGN_CHANGE,
          ACCESS_DENIED,
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
          POOL_THAWED,
          OVERRIDE_SET,
          OVERRIDE_CLEARED,
          OVERRIDE_EXPIRED,
          GUARD_RELEASED,
          SOURCE_BACK,
          APPLY_DONE,
          PROXY_BACK,
          PROXY_RESUMED,
          WOULD_APPLY,
          TOKEN_CREATED,
          TOKEN_REVOKED,
          LOG_LEVEL,
          CONFIG_RELOADED,
          CHECKS_TRUSTED,
          WEIR_STARTED,
          WEIR_STOPPED ->
          Level.INFO;
    };
  }

  @SuppressWarnings("CheckReturnValue") // SLF4J's builder returns itself
  private static void with(LoggingEventBuilder line, String key, Optional<?> value) {
    value.ifPresent(present -> line.addKeyValue(key, present));
  }

  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return text.replaceAll("\\p{Cntrl}+", " ");
      }
    }
    return text;
  }
}
