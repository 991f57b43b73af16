package dev.weir.store.sqlite;

import dev.weir.model.Address;
import dev.weir.model.Event;
import dev.weir.model.Event.Subject;
import dev.weir.model.EventKind;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.SourceName;
import dev.weir.spi.EventStore.Stored;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** An event as the columns of a row; a member is written as its pool, a space, and its address. */
final class EventRow {

  private static final long NANOS = 1_000_000_000;

  private EventRow() {}

  static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  static void bind(PreparedStatement to, Stored stored) throws SQLException {
    Event event = stored.event();
    Subject subject = event.subject();
    to.setLong(1, stored.id());
    to.setLong(2, nanos(event.at()));
    to.setString(3, event.kind().name());
    bind(to, 4, subject.pool());
    bind(to, 5, subject.member());
    bind(to, 6, subject.proxy());
    bind(to, 7, subject.source());
    to.setString(8, event.message());
    bind(to, 9, event.by());
    if (event.generation().isPresent()) {
      to.setLong(10, event.generation().getAsLong());
    } else {
      to.setNull(10, Types.INTEGER);
    }
    Event.Audit audit = event.audit();
    bind(to, 11, audit.requestId());
    bind(to, 12, audit.change().map(Event.Change::before));
    bind(to, 13, audit.change().map(Event.Change::after));
    bind(to, 14, audit.reason());
  }

  private static void bind(PreparedStatement to, int column, Optional<?> value)
      throws SQLException {
    if (value.isPresent()) {
      to.setString(column, value.get().toString());
    } else {
      to.setNull(column, Types.VARCHAR);
    }
  }

  static Stored read(ResultSet row) throws SQLException {
    long at = row.getLong(2);
    Subject subject =
        new Subject(
            text(row, 4, PoolId::new),
            text(row, 5, EventRow::member),
            text(row, 6, ProxyName::new),
            text(row, 7, SourceName::new));
    long generation = row.getLong(10);
    OptionalLong given = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(generation);
    Event event =
        new Event(
            instant(at),
            EventKind.valueOf(row.getString(3)),
            subject,
            row.getString(8),
            text(row, 9, Function.identity()),
            given,
            audit(row));
    return new Stored(row.getLong(1), event);
  }

  private static Event.Audit audit(ResultSet row) throws SQLException {
    Optional<String> after = text(row, 13, Function.identity());
    Optional<Event.Change> change =
        text(row, 12, before -> new Event.Change(before, after.orElse("")));
    return new Event.Audit(
        text(row, 11, Function.identity()), change, text(row, 14, Function.identity()));
  }

  private static <T> Optional<T> text(ResultSet row, int column, Function<String, T> make)
      throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(make);
  }

  private static MemberId member(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("an event's member without its pool");
    }
    return new MemberId(
        new PoolId(text.substring(0, space)), Address.parse(text.substring(space + 1)));
  }
}
