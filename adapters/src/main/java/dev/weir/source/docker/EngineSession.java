package dev.weir.source.docker;

import dev.weir.net.LineStream;
import dev.weir.source.docker.EngineJson.Details;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One connection to an engine, from the first question until something fails: opens the stream of
 * events, then lists, so that nothing falls between the two; then asks again about whatever an
 * event names, and about everything at an interval, in case the stream is open and dead.
 */
final class EngineSession {

  /** So many containers are asked about one by one; beyond, all are listed, and soon again. */
  private static final int FEW = 30;

  private static final Duration SOON = Duration.ofMillis(200);

  private final EngineApi api;
  private final EngineState state;
  private final Consumer<Snapshot> listener;

  /** The last list may have been older than the events that it was asked for. */
  private boolean blurred;

  EngineSession(EngineApi api, EngineState state, Consumer<Snapshot> listener) {
    this.api = api;
    this.state = state;
    this.listener = listener;
  }

  /**
   * Follows the engine.
   *
   * @param resync how often all containers are listed, at least
   * @throws IOException when the engine cannot be asked any more
   */
  void follow(Duration resync) throws IOException, InterruptedException {
    try (LineStream events = api.events()) {
      forgetFormerStops();
      list();
      while (true) {
        take(read(events.next(blurred ? SOON : resync)));
      }
    }
  }

  /** The events that concern containers. */
  private static List<EngineEvent> read(List<String> lines) throws IOException {
    List<EngineEvent> events = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        EngineJson.event(line).ifPresent(events::add);
      }
    }
    return events;
  }

  private void take(List<EngineEvent> events) throws IOException, InterruptedException {
    if (events.isEmpty()) {
      blurred = false;
      list();
      return;
    }
    Set<String> unclear = new HashSet<>();
    for (EngineEvent event : events) {
      take(event, unclear);
    }
    listener.accept(state.snapshot()); // ends first, they need no question
    if (unclear.size() > FEW) {
      blurred = true;
      list();
    } else if (!unclear.isEmpty()) {
      refresh(unclear);
    }
  }

  /**
   * Asks what has become of a few containers. The engine tells of some events before its lists show
   * them; details of a container it gives only when it is through with what it does to it.
   */
  private void refresh(Set<String> ids) throws IOException, InterruptedException {
    for (String id : ids) {
      Optional<Details> ignored = api.details(id);
    }
    state.refresh(ids, named(api.running(ids)));
    listener.accept(state.snapshot());
  }

  private void take(EngineEvent event, Set<String> unclear)
      throws IOException, InterruptedException {
    String id = event.container();
    switch (event.action()) {
      case "die" -> {
        unclear.remove(id);
        state.ended(id, name(event) + " exited" + exitCode(event));
      }
      case "destroy" -> {
        unclear.remove(id);
        if (state.knows(id)) {
          state.ended(id, name(event) + " was removed");
        }
      }
      case "kill" -> signalled(event);
      case "start" -> {
        state.started(id);
        unclear.add(id);
      }
      default -> unclear.add(id);
    }
  }

  private void signalled(EngineEvent event) throws IOException, InterruptedException {
    int signal =
        StopSignals.number(event.details().getOrDefault("signal", "")).orElse(StopSignals.TERM);
    Optional<Details> details = api.details(event.container());
    boolean stops =
        signal == StopSignals.KILL
            || details.map(found -> found.stopSignal() == signal).orElse(false);
    if (stops) {
      state.stopping(event.container(), details.map(Details::startedAt).orElse(""));
    }
  }

  /** Lists everything, and finds out how those ended that are gone without an event. */
  private void list() throws IOException, InterruptedException {
    Set<String> vanished = state.replace(named(api.running()));
    if (!vanished.isEmpty()) {
      Map<String, String> stopped = api.stopped().byId();
      for (String id : vanished) {
        if (stopped.containsKey(id)) {
          state.ended(id, "container is " + stopped.get(id));
        }
      }
    }
    listener.accept(state.snapshot());
  }

  /** Gives containers the image name back that lists do not show once a tag has moved on. */
  private List<Container> named(List<Container> containers)
      throws IOException, InterruptedException {
    List<Container> named = new ArrayList<>();
    for (Container container : containers) {
      named.add(container.isImageNameless() ? named(container) : container);
    }
    return named;
  }

  private Container named(Container container) throws IOException, InterruptedException {
    Optional<String> known = state.imageName(container.id());
    if (known.isEmpty()) {
      known = api.details(container.id()).map(Details::image).filter(name -> !name.isEmpty());
      known.ifPresent(name -> state.imageName(container.id(), name));
    }
    return known.map(container::withImage).orElse(container);
  }

  /** Drops the mark of containers that were stopped and started again while nobody listened. */
  private void forgetFormerStops() throws IOException, InterruptedException {
    for (Map.Entry<String, String> stop : state.stopping().entrySet()) {
      boolean same =
          api.details(stop.getKey())
              .map(found -> found.startedAt().equals(stop.getValue()))
              .orElse(true);
      if (!same) {
        state.notStopping(stop.getKey());
      }
    }
  }

  private static String name(EngineEvent event) {
    return "container " + event.details().getOrDefault("name", event.container());
  }

  private static String exitCode(EngineEvent event) {
    String code = event.details().getOrDefault("exitCode", "");
    return code.isEmpty() ? "" : " with code " + code;
  }
}
