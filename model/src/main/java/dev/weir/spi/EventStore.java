package dev.weir.spi;

import dev.weir.model.Event;
import java.util.List;

/** Keeps what happened, in order. */
public interface EventStore {

  /**
   * Appends in order, all or none; durable on return.
   *
   * @param events numbered by the caller, each above all that were kept before
   */
  void append(List<Stored> events) throws StoreException;

  /**
   * Reads in order.
   *
   * @param after the id of the last event already known; 0 for the beginning
   * @param limit at most so many
   */
  List<Stored> eventsAfter(long after, int limit) throws StoreException;

  /** The id of the newest event; 0 when there is none. */
  long newestEvent() throws StoreException;

  /**
   * An event and its place in the order.
   *
   * @param id grows by at least 1 with every event, also over restarts
   */
  record Stored(long id, Event event) {}
}
