package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.ProxyName;
import dev.weir.model.SourceName;
import dev.weir.spi.EventStore;
import dev.weir.spi.EventStore.Stored;
import dev.weir.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every store of events promises: all of them, in order, under the numbers they were given.
 */
public abstract class EventStoreContract extends StoreContract {

  @Test
  final void is_empty_at_first() throws Exception {
    assertThat(events().eventsAfter(0, 10)).isEmpty();
    assertThat(events().newestEvent()).isZero();
  }

  @Test
  final void keeps_every_kind_of_event() throws Exception {
    List<Stored> all = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      Event event = Event.of(StoredSamples.NOON, kind, Event.Subject.WEIR, kind.wire());
      all.add(new Stored(all.size() + 1L, event));
    }
    all.add(new Stored(Long.MAX_VALUE, fullEvent()));
    events().append(all);

    assertThat(killedAndReopened().events().eventsAfter(0, 1000)).isEqualTo(all);
  }

  @Test
  final void reads_on_from_any_event_in_pieces() throws Exception {
    append(1, 5);
    append(6, 10);

    List<Stored> first = events().eventsAfter(0, 4);
    List<Stored> second = events().eventsAfter(first.getLast().id(), 4);
    List<Stored> third = events().eventsAfter(second.getLast().id(), 4);

    assertThat(messages(first)).containsExactly("1", "2", "3", "4");
    assertThat(messages(second)).containsExactly("5", "6", "7", "8");
    assertThat(messages(third)).containsExactly("9", "10");
    assertThat(events().newestEvent()).isEqualTo(third.getLast().id());
    assertThat(events().eventsAfter(third.getLast().id(), 4)).isEmpty();
  }

  @Test
  final void remembers_the_newest_number_over_restarts() throws Exception {
    append(1, 3);
    append(17, 17);

    assertThat(reopened().events().newestEvent()).isEqualTo(17);
  }

  @Test
  final void appends_all_or_none() throws Exception {
    append(1, 3);

    assertThatThrownBy(() -> events().append(List.of(numbered(4), numbered(2))))
        .isInstanceOf(StoreException.class);

    assertThat(events().newestEvent()).isEqualTo(3);
    assertThat(killedAndReopened().events().eventsAfter(0, 10)).hasSize(3);
  }

  @Test
  final void nothing_to_append_is_nothing_done() throws Exception {
    events().append(List.of());

    assertThat(events().newestEvent()).isZero();
  }

  private void append(int first, int last) throws Exception {
    events()
        .append(IntStream.rangeClosed(first, last).mapToObj(EventStoreContract::numbered).toList());
  }

  private static Stored numbered(int number) {
    return new Stored(
        number,
        Event.of(
            StoredSamples.NOON.plusSeconds(number),
            EventKind.MEMBER_UP,
            Event.Subject.of(StoredSamples.id(number)),
            Integer.toString(number)));
  }

  private static Event fullEvent() {
    return new Event(
        StoredSamples.NOON,
        EventKind.OVERRIDE_SET,
        new Event.Subject(
            Optional.of(StoredSamples.id(1).pool()),
            Optional.of(StoredSamples.id(1)),
            Optional.of(new ProxyName("edge")),
            Optional.of(new SourceName("web/file"))),
        StoredSamples.ODD_TEXT,
        Optional.of(StoredSamples.ODD_TEXT),
        OptionalLong.of(Long.MAX_VALUE),
        new Event.Audit(
            Optional.of("request-1"),
            Optional.of(new Event.Change(StoredSamples.ODD_TEXT, "after")),
            Optional.of(StoredSamples.ODD_TEXT)));
  }

  private static List<String> messages(List<Stored> events) {
    return events.stream().map(stored -> stored.event().message()).toList();
  }

  private EventStore events() {
    return stores().events();
  }
}
