package dev.weir.engine.reconcile;

import dev.weir.model.Author;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.spi.PauseStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which proxies Weir leaves alone because somebody said so; durable before it is acknowledged.
 * Asking never waits, least of all for the disk: who pauses and resumes writes on its own thread,
 * and pauses that are over are put away by whoever calls {@link #tidy}. Safe for any thread.
 */
public final class Pauses implements Brake {
  private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

  /** One of all proxies before one of a single proxy, whether pinned or not. */
  private static final Comparator<Pause> WEIGHTIEST =
      Comparator.comparing(pause -> pause.proxy().isPresent());

  private final PauseStore store;
  private final Time time;
  private final Consumer<Event> events;
  private final ReentrantLock writing = new ReentrantLock();

  private volatile Map<Optional<ProxyName>, Pause> pauses = Map.of(); // written holding the lock

  private Pauses(PauseStore store, Time time, Consumer<Event> events) {
    this.store = store;
    this.time = time;
    this.events = events;
  }

  /**
   * Those that the store knows.
   *
   * @param events told of every pause and its end
   * @throws StoreException when the store is damaged or cannot be read
   */
  public static Pauses open(PauseStore store, Time time, Consumer<Event> events)
      throws StoreException {
    Pauses opened = new Pauses(store, time, events);
    store.loadPauses().forEach(opened::keep);
    return opened;
  }

  /**
   * Leaves a proxy alone from now on, or all.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  public void pause(Pause pause, Optional<String> requestId) throws StoreException {
    pause(List.of(pause), requestId);
  }

  /**
   * Leaves several proxies alone from now on, all of them or none.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  public void pause(List<Pause> wanted, Optional<String> requestId) throws StoreException {
    writing.lock();
    try {
      store.putPauses(wanted);
      for (Pause pause : wanted) {
        boolean before = pauses.containsKey(pause.proxy());
        keep(pause);
        tell(pause, before ? "paused" : "not paused", requestId);
      }
    } finally {
      writing.unlock();
    }
  }

  private void tell(Pause pause, String before, Optional<String> requestId) {
    String what =
        pause.revision().isPresent()
            ? "is brought back and then not touched: "
            : "is looked at and not touched: ";
    events.accept(
        event(EventKind.PROXY_PAUSED, pause.proxy(), what + pause.why())
            .by(
                new Author(pause.attribution().by(), requestId),
                new Event.Change(before, "paused"),
                pause.attribution().reason()));
  }

  /**
   * Leaves a proxy alone that somebody else changes again and again, until it is resumed; also
   * where that cannot be made durable. A proxy that is pinned is then pinned again.
   *
   * @param why for people
   */
  public void contest(ProxyName proxy, String why) {
    OperatorOverride.Attribution weir =
        new OperatorOverride.Attribution("weir", time.now(), Optional.of(why), Optional.empty());
    Optional<ProxyName> name = Optional.of(proxy);
    writing.lock();
    Pause pause = pauses.getOrDefault(name, new Pause(name, weir)).contested(why);
    try {
      store.putPause(pause);
    } catch (StoreException e) {
      LOG.warn("that proxy {} is contested is forgotten by a restart: {}", proxy, e.getMessage());
    } finally {
      keep(pause);
      writing.unlock();
    }
    String text = "is looked at and not touched until weir resume %s: %s".formatted(proxy, why);
    events.accept(event(EventKind.PROXY_CONTESTED, name, text));
  }

  /**
   * Ends a pause, if there is one; of a proxy that is contested and pinned, only the dispute.
   *
   * @param proxy absent for the pause of all proxies
   * @return whether there was one
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  public boolean resume(Optional<ProxyName> proxy, Author by) throws StoreException {
    return resume(List.of(proxy), by);
  }

  /**
   * Ends every pause, all of them or none; of those that are contested and pinned, only the
   * dispute.
   *
   * @return whether there was one
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  public boolean resumeAll(Author by) throws StoreException {
    return resume(List.copyOf(pauses.keySet()), by);
  }

  /**
   * Takes back a pause that came to nothing: the one that it replaced holds again, if that is not
   * over. Where somebody decided otherwise meanwhile, that stands.
   *
   * @param before what the pause replaced; absent for none
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  public void takeBack(Pause pause, Optional<Pause> before, Author by) throws StoreException {
    writing.lock();
    try {
      if (!pauses.containsValue(pause)) {
        return;
      }
      Instant now = time.now();
      Optional<Pause> again = before.filter(it -> !it.over(now));
      if (again.isEmpty()) {
        var _ = resume(List.of(pause.proxy()), by);
        return;
      }
      store.putPause(again.get());
      keep(again.get());
      String text = "is left again as before: " + again.get().why();
      events.accept(
          event(EventKind.PROXY_PAUSED, again.get().proxy(), text)
              .by(by, new Event.Change("paused", "paused"), again.get().attribution().reason()));
    } finally {
      writing.unlock();
    }
  }

  private boolean resume(List<Optional<ProxyName>> proxies, Author by) throws StoreException {
    writing.lock();
    try {
      List<Optional<ProxyName>> paused = proxies.stream().filter(pauses::containsKey).toList();
      if (paused.isEmpty()) {
        return false;
      }
      Instant now = time.now();
      List<Pause> left =
          paused.stream().map(pauses::get).flatMap(it -> settled(it, now).stream()).toList();
      store.changePauses(left, paused.stream().filter(it -> !named(left, it)).toList());
      paused.forEach(this::drop);
      left.forEach(this::keep);
      paused.forEach(proxy -> tellResumed(proxy, by));
      return true;
    } finally {
      writing.unlock();
    }
  }

  private static boolean named(List<Pause> pauses, Optional<ProxyName> proxy) {
    return pauses.stream().anyMatch(it -> it.proxy().equals(proxy));
  }

  /** What is left of a pause when somebody ends it. */
  private static Optional<Pause> settled(Pause pause, Instant now) {
    return pause.contested().isPresent() && pause.revision().isPresent() && !pause.ended(now)
        ? Optional.of(pause.settled())
        : Optional.empty();
  }

  private void tellResumed(Optional<ProxyName> proxy, Author by) {
    Optional<Pause> left = Optional.ofNullable(pauses.get(proxy));
    String text = left.map(it -> "is again " + it.why()).orElse("is kept in step again");
    String after = left.isPresent() ? "pinned" : "not paused";
    events.accept(
        event(EventKind.PROXY_RESUMED, proxy, text)
            .by(by, new Event.Change("paused", after), Optional.empty()));
  }

  /** Those that hold now. */
  public List<Pause> all() {
    Instant now = time.now();
    return pauses.values().stream().filter(pause -> !pause.over(now)).toList();
  }

  @Override
  public Optional<Hold> holds(ProxyName proxy) {
    if (pauses.isEmpty()) {
      return Optional.empty();
    }
    return all().stream()
        .filter(pause -> pause.proxy().map(proxy::equals).orElse(true))
        .min(WEIGHTIEST)
        .map(pause -> new Hold(pause.why(), pin(pause)));
  }

  private static Optional<PinnedTo> pin(Pause pause) {
    return pause.revision().isPresent() && pause.contested().isEmpty()
        ? Optional.of(new PinnedTo(pause.revision().getAsLong(), pause.attribution().at()))
        : Optional.empty();
  }

  /** Puts away those that are over, and says so. */
  public void tidy() {
    Instant now = time.now();
    if (pauses.values().stream().noneMatch(pause -> pause.over(now))) {
      return;
    }
    writing.lock();
    try {
      for (Pause pause : pauses.values()) {
        if (pause.over(now)) {
          drop(pause.proxy());
          events.accept(event(EventKind.PROXY_RESUMED, pause.proxy(), "its pause is over"));
          forget(pause);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private void keep(Pause pause) {
    Map<Optional<ProxyName>, Pause> next = new HashMap<>(pauses);
    next.put(pause.proxy(), pause);
    pauses = Map.copyOf(next);
  }

  private void drop(Optional<ProxyName> proxy) {
    Map<Optional<ProxyName>, Pause> next = new HashMap<>(pauses);
    var _ = next.remove(proxy);
    pauses = Map.copyOf(next);
  }

  private void forget(Pause pause) {
    try {
      store.dropPause(pause.proxy());
    } catch (StoreException e) {
      LOG.warn("a pause that is over stays in the store, and is over: {}", e.getMessage());
    }
  }

  private Event event(EventKind kind, Optional<ProxyName> proxy, String message) {
    Event.Subject subject = proxy.map(Event.Subject::of).orElse(Event.Subject.WEIR);
    return Event.of(
        time.now(), kind, subject, proxy.isPresent() ? message : "every proxy " + message);
  }
}
