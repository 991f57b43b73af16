package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Event;
import dev.weir.model.MemberId;
import dev.weir.spi.EventStore.Stored;

/** Events as JSON. */
final class EventJson {

  private EventJson() {}

  static JsonObject of(Stored stored) {
    Event event = stored.event();
    Event.Subject subject = event.subject();
    return new JsonObject()
        .with("id", stored.id())
        .with("time", event.at())
        .with("event", event.kind().wire())
        .with("msg", event.message())
        .with("pool", subject.pool())
        .with("member", subject.member().map(MemberId::address))
        .with("proxy", subject.proxy())
        .with("source", subject.source())
        .with("generation", event.generation())
        .with("by", event.by())
        .with("request_id", event.audit().requestId())
        .with("before", event.audit().change().map(Event.Change::before))
        .with("after", event.audit().change().map(Event.Change::after))
        .with("reason", event.audit().reason());
  }
}
